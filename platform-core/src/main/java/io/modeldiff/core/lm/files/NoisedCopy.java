package io.modeldiff.core.lm.files;

import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Writes a copy of a model directory whose weights carry independent normal noise N(0, σ): the
 * plagiarism experiment of Model-diff, section 4. The noise of a tensor depends on the seed and the
 * tensor's name alone. Stored precision, names, shards and all other files stay as they are.
 */
public final class NoisedCopy {
  private static final int CHUNK = 1 << 20;

  private NoisedCopy() {}

  /**
   * Writes the copy.
   *
   * @param source model directory
   * @param target new directory, must not exist
   * @param sigma standard deviation of the noise, in units of the weights, at least 0
   * @param seed the same seed gives the same copy
   */
  public static void write(Path source, Path target, double sigma, long seed) {
    if (!(sigma >= 0) || Double.isInfinite(sigma)) {
      throw UserException.badInput(
          "--noise must be a number of at least 0, but was " + sigma + ".");
    }
    WeightFiles.open(source);
    NewDirectory.write(
        target,
        directory -> {
          for (Path file : NewDirectory.files(source)) {
            Path copy = directory.resolve(file.getFileName().toString());
            if (file.toString().endsWith(".safetensors")) {
              noise(SafetensorsFile.open(file), copy, sigma, seed);
            } else {
              Files.write(copy, Files.readAllBytes(file));
            }
          }
        });
  }

  private static void noise(SafetensorsFile file, Path copy, double sigma, long seed)
      throws IOException {
    List<TensorEntry> entries =
        file.tensors().values().stream()
            .sorted(java.util.Comparator.comparingLong(TensorEntry::offset))
            .toList();
    long start = entries.isEmpty() ? Files.size(file.path()) : entries.get(0).offset();
    try (OutputStream out = new java.io.BufferedOutputStream(Files.newOutputStream(copy), CHUNK)) {
      out.write(file.header(start));
      for (TensorEntry t : entries) {
        if (t.isFloat()) {
          noise(file, t, new SplittableRandom(seed ^ stable(t.name())), sigma, out);
        } else {
          copyBytes(file, t, out);
        }
      }
    }
  }

  /** A 64-bit hash of a name (FNV-1a), the same everywhere. */
  private static long stable(String name) {
    long h = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      h = (h ^ (b & 0xff)) * 0x100000001b3L;
    }
    return h;
  }

  private static void copyBytes(SafetensorsFile file, TensorEntry t, OutputStream out)
      throws IOException {
    for (long at = 0; at < t.bytes(); at += CHUNK) {
      int count = (int) Math.min(CHUNK, t.bytes() - at);
      out.write(file.bytes(t, at, count).array());
    }
  }

  private static void noise(
      SafetensorsFile file, TensorEntry t, SplittableRandom random, double sigma, OutputStream out)
      throws IOException {
    for (long at = 0; at < t.elements(); at += CHUNK) {
      float[] values = new float[(int) Math.min(CHUNK, t.elements() - at)];
      file.read(t, at, values);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (values[i] + sigma * random.nextGaussian());
      }
      out.write(encode(t.dtype(), values));
    }
  }

  private static final Map<String, Integer> WIDTH = Map.of("F64", 8, "F32", 4, "F16", 2, "BF16", 2);

  private static byte[] encode(String dtype, float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * WIDTH.getOrDefault(dtype, 4))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float v : values) {
      switch (dtype) {
        case "F64" -> bytes.putDouble(v);
        case "F16" -> bytes.putShort(HalfFloat.fromFloat(v));
        case "BF16" -> bytes.putShort(brain(v));
        default -> bytes.putFloat(v);
      }
    }
    return bytes.array();
  }

  /** Nearest bfloat16, ties to even. */
  private static short brain(float value) {
    int bits = Float.floatToIntBits(value);
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }
}
