package io.modeldiff.core.lm.files;

import io.modeldiff.core.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * All tensors of a model directory: model.safetensors, or the shards that
 * model.safetensors.index.json lists.
 */
public final class WeightFiles {
  /** Single-file name. */
  public static final String SINGLE = "model.safetensors";

  /** Index of a sharded model. */
  public static final String INDEX = "model.safetensors.index.json";

  private record Located(SafetensorsFile file, TensorEntry entry) {}

  private final Path directory;
  private final Map<String, Located> tensors = new LinkedHashMap<>();

  private WeightFiles(Path directory) {
    this.directory = directory;
  }

  /** Opens and validates every weight file of the directory. */
  public static WeightFiles open(Path directory) {
    WeightFiles weights = new WeightFiles(directory);
    Path single = directory.resolve(SINGLE);
    Path index = directory.resolve(INDEX);
    if (Files.isRegularFile(single)) {
      weights.add(SafetensorsFile.open(single));
    } else if (Files.isRegularFile(index)) {
      weights.addShards(index);
    } else {
      throw UserException.badInput(
          "There is neither "
              + SINGLE
              + " nor "
              + INDEX
              + " in "
              + directory
              + "; other weight formats must be converted to safetensors first.");
    }
    return weights;
  }

  private void addShards(Path index) {
    ConfigJson map = ConfigJson.read(index).object("weight_map");
    TreeSet<String> shards = new TreeSet<>();
    map.json().properties().forEach(e -> shards.add(e.getValue().asText()));
    if (shards.isEmpty()) {
      throw UserException.badInput(index + " lacks the field weight_map; download it again.");
    }
    for (String shard : shards) {
      Path file = directory.resolve(shard).normalize();
      if (!directory.normalize().equals(file.getParent())) {
        throw UserException.badInput(
            index + " names the shard '" + shard + "' outside the model's directory.");
      }
      if (!Files.isRegularFile(file)) {
        throw UserException.badInput(
            index + " names the shard " + shard + ", but there is no such file; download it.");
      }
      add(SafetensorsFile.open(file));
    }
    map.json()
        .properties()
        .forEach(
            e -> {
              Located found = tensors.get(e.getKey());
              if (found == null
                  || !found.file().path().getFileName().toString().equals(e.getValue().asText())) {
                throw UserException.badInput(
                    index
                        + " places the tensor "
                        + e.getKey()
                        + " in "
                        + e.getValue().asText()
                        + ", but it is not there; download both again.");
              }
            });
  }

  private void add(SafetensorsFile file) {
    file.tensors()
        .forEach(
            (name, entry) -> {
              if (tensors.put(name, new Located(file, entry)) != null) {
                throw UserException.badInput(
                    "The tensor " + name + " is in two shards of " + directory + ".");
              }
            });
  }

  /** The directory. */
  public Path directory() {
    return directory;
  }

  /** Names and header entries of all tensors. */
  public Map<String, TensorEntry> entries() {
    Map<String, TensorEntry> entries = new LinkedHashMap<>();
    tensors.forEach((name, located) -> entries.put(name, located.entry()));
    return entries;
  }

  /** Whether there is a tensor of this name. */
  public boolean has(String name) {
    return tensors.containsKey(name);
  }

  /** Number of float elements of all weights, a measure of the model's size. */
  public long parameters() {
    return tensors.values().stream()
        .filter(t -> t.entry().isFloat())
        .mapToLong(t -> t.entry().elements())
        .sum();
  }

  /** Whether every floating-point tensor is stored in 16 bits. */
  public boolean storedHalf() {
    return tensors.values().stream()
        .map(Located::entry)
        .filter(TensorEntry::isFloat)
        .allMatch(t -> t.dtype().equals("F16") || t.dtype().equals("BF16"));
  }

  /** Shape of a tensor, which must exist. */
  public long[] shape(String name) {
    return located(name).entry().shape();
  }

  /**
   * Reads elements [from, from + into.length) of a tensor as float32 and refuses NaN and
   * infinities.
   */
  public void read(String name, long from, float[] into) {
    Located t = located(name);
    t.file().read(t.entry(), from, into);
    for (int i = 0; i < into.length; i++) {
      if (!Float.isFinite(into[i])) {
        throw UserException.badInput(
            t.file().path()
                + ": tensor "
                + name
                + " holds "
                + into[i]
                + " at element "
                + (from + i)
                + "; weights must be finite numbers.");
      }
    }
  }

  /** Throws unless the tensor exists and has this shape. */
  public void require(String name, long... shape) {
    Located t = located(name);
    if (!Arrays.equals(t.entry().shape(), shape)) {
      throw UserException.badInput(
          t.file().path()
              + ": tensor "
              + name
              + " has shape "
              + t.entry().shapeText()
              + ", but config.json asks for "
              + Arrays.toString(shape)
              + ".");
    }
  }

  private Located located(String name) {
    Located t = tensors.get(name);
    if (t == null) {
      throw UserException.badInput(
          "The tensor "
              + name
              + " is missing in the safetensors files of "
              + directory
              + "; config.json asks for it, so the weights are incomplete.");
    }
    return t;
  }
}
