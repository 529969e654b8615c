package io.modeldiff.core.modeldir;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a safetensors file front to back: the header from the tensors' shapes, then their data one
 * tensor at a time, so that a model larger than the heap can be written.
 */
public final class SafetensorsWriter {
  /** Largest number of values that are held in memory at once. */
  private static final int PIECE = 1 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Gives the values of one tensor, piece by piece. */
  @FunctionalInterface
  public interface Values {
    /** Fills {@code into} with the values from index {@code from} on. */
    void read(long from, float[] into);

    /** Values that are in memory. */
    static Values of(float[] all) {
      return (from, into) -> System.arraycopy(all, Math.toIntExact(from), into, 0, into.length);
    }
  }

  /**
   * One floating-point tensor to be written.
   *
   * @param name published tensor name
   * @param type how its values are stored
   * @param shape dimensions
   * @param values row-major
   */
  public record Tensor(String name, FloatType type, long[] shape, Values values) {
    long elements() {
      long elements = 1;
      for (long dimension : shape) {
        elements *= dimension;
      }
      return elements;
    }

    long bytes() {
      return elements() * type.bytes();
    }
  }

  private SafetensorsWriter() {}

  /** Writes the tensors in the given order, replacing an existing file. */
  public static void write(Path file, List<Tensor> tensors) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      byte[] header = header(tensors);
      out.write(
          ByteBuffer.allocate(Long.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(header.length)
              .array());
      out.write(header);
      for (Tensor tensor : tensors) {
        writeValues(out, tensor);
      }
    }
  }

  private static byte[] header(List<Tensor> tensors) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    long offset = 0;
    for (Tensor tensor : tensors) {
      ObjectNode entry = header.putObject(tensor.name());
      entry.put("dtype", tensor.type().safetensorsName());
      entry.set("shape", JSON.valueToTree(tensor.shape()));
      entry.putArray("data_offsets").add(offset).add(offset + tensor.bytes());
      offset += tensor.bytes();
    }
    byte[] text = JSON.writeValueAsBytes(header);
    // The data section starts at a multiple of 8 bytes, as in files of the original writer.
    byte[] padded = new byte[(text.length + 7) / 8 * 8];
    System.arraycopy(text, 0, padded, 0, text.length);
    java.util.Arrays.fill(
        padded, text.length, padded.length, " ".getBytes(StandardCharsets.US_ASCII)[0]);
    return padded;
  }

  private static void writeValues(OutputStream out, Tensor tensor) throws IOException {
    long elements = tensor.elements();
    for (long from = 0; from < elements; from += PIECE) {
      float[] piece = new float[(int) Math.min(PIECE, elements - from)];
      tensor.values().read(from, piece);
      ByteBuffer bytes =
          ByteBuffer.allocate(piece.length * tensor.type().bytes()).order(ByteOrder.LITTLE_ENDIAN);
      for (float value : piece) {
        tensor.type().put(bytes, value);
      }
      out.write(bytes.array());
    }
  }
}
