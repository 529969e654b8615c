package io.modeldiff.core.modeldir;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.files.SafetensorsFile;
import io.modeldiff.core.lm.files.TensorEntry;
import io.modeldiff.core.random.KeyedRandom;
import io.modeldiff.core.work.WorkMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Model directories made from another one: the noised copy of Model-diff's plagiarism experiment
 * (section 4.3), and a copy whose weights are stored in another precision. All other files are
 * copied as they are.
 */
public final class DerivedModel {
  private static final String WEIGHTS = ".safetensors";
  private static final long NOISE = 0x6E6F697365L;

  private DerivedModel() {}

  /**
   * Writes a copy whose floating-point weights w are w + σ·ε with independent standard normal ε.
   *
   * @param noise standard deviation σ of the noise
   * @param seed of the noise; the same seed gives the same copy
   */
  public static void perturb(Path from, Path to, double noise, long seed, WorkMonitor monitor) {
    if (!(noise > 0) || Double.isInfinite(noise)) {
      throw UserException.badInput(
          "The noise must be a positive standard deviation such as 0.001, but was " + noise + ".");
    }
    derive(from, to, monitor, (file, entry, index) -> noised(file, entry, noise, seed, index));
  }

  /** Writes a copy whose floating-point weights are stored as another type. */
  public static void convert(Path from, Path to, FloatType type, WorkMonitor monitor) {
    derive(
        from,
        to,
        monitor,
        (file, entry, index) ->
            new SafetensorsWriter.Tensor(
                entry.name(), type, entry.shape(), (at, into) -> file.read(entry, at, into)));
  }

  @FunctionalInterface
  private interface Change {
    SafetensorsWriter.Tensor of(SafetensorsFile file, TensorEntry entry, int index);
  }

  private static SafetensorsWriter.Tensor noised(
      SafetensorsFile file, TensorEntry entry, double noise, long seed, int index) {
    KeyedRandom random = KeyedRandom.of(seed, NOISE, index);
    return new SafetensorsWriter.Tensor(
        entry.name(),
        FloatType.of(entry.dtype(), entry.name()),
        entry.shape(),
        (from, into) -> {
          file.read(entry, from, into);
          for (int i = 0; i < into.length; i++) {
            into[i] += (float) (noise * random.normal());
          }
        });
  }

  private static void derive(Path from, Path to, WorkMonitor monitor, Change change) {
    if (Files.exists(to)) {
      throw UserException.badInput(
          to + " exists already; name a directory that does not, models are never overwritten.");
    }
    try {
      Path parent = to.toAbsolutePath().getParent();
      Files.createDirectories(parent);
      // A copy that was interrupted must not look like a model.
      Path unfinished = Files.createTempDirectory(parent, "." + to.getFileName());
      try {
        copy(from, unfinished, monitor, change);
        Files.move(unfinished, to);
      } catch (IOException | RuntimeException e) {
        delete(unfinished);
        throw e;
      }
    } catch (IOException e) {
      throw UserException.failed("Writing " + to + " failed: " + e.getMessage() + ".", e);
    }
  }

  private static void copy(Path from, Path to, WorkMonitor monitor, Change change)
      throws IOException {
    int index = 0;
    long done = 0;
    for (Path file : files(from)) {
      monitor.checkStop();
      Path target = to.resolve(file.getFileName());
      if (file.toString().endsWith(WEIGHTS)) {
        SafetensorsFile weights = SafetensorsFile.open(file);
        List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
        for (TensorEntry entry : weights.tensors().values()) {
          if (entry.isFloat()) { // what is left out are the mask buffers of old files
            tensors.add(change.of(weights, entry, index));
          }
          index++;
        }
        SafetensorsWriter.write(target, tensors);
      } else {
        Files.copy(file, target);
      }
      monitor.done(done += Files.size(file));
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> list = Files.list(directory)) {
      return list.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void delete(Path directory) throws IOException {
    for (Path file : files(directory)) {
      Files.delete(file);
    }
    Files.delete(directory);
  }
}
