package io.modeldiff.core.modeldir;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldiff.core.lm.files.NewDirectory;
import io.modeldiff.core.lm.files.SafetensorsFile;
import io.modeldiff.core.lm.files.TensorEntry;
import io.modeldiff.core.work.WorkMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes a copy of a model directory whose weights are stored in another precision. config.json
 * names the new one; all other files are copied as they are.
 */
public final class PrecisionCopy {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<FloatType, String> CONFIG_NAMES =
      Map.of(FloatType.F32, "float32", FloatType.F16, "float16", FloatType.BF16, "bfloat16");

  private PrecisionCopy() {}

  /** Writes the copy; {@code to} must not exist. */
  public static void write(Path from, Path to, FloatType type, WorkMonitor monitor) {
    NewDirectory.write(to, directory -> copy(from, directory, type, monitor));
  }

  private static void copy(Path from, Path to, FloatType type, WorkMonitor monitor)
      throws IOException {
    long done = 0;
    for (Path file : NewDirectory.files(from)) {
      monitor.checkStop();
      Path target = to.resolve(file.getFileName());
      if (file.toString().endsWith(".safetensors")) {
        convert(file, target, type);
      } else if (file.getFileName().toString().equals("config.json")) {
        Files.writeString(target, config(file, type));
      } else {
        Files.write(target, Files.readAllBytes(file));
      }
      monitor.done(done += Files.size(file));
    }
  }

  private static void convert(Path file, Path target, FloatType type) throws IOException {
    SafetensorsFile weights = SafetensorsFile.open(file);
    List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
    for (TensorEntry entry : weights.tensors().values()) {
      if (entry.isFloat()) { // what is left out are the mask buffers of old files
        tensors.add(
            new SafetensorsWriter.Tensor(
                entry.name(), type, entry.shape(), (at, into) -> weights.read(entry, at, into)));
      }
    }
    SafetensorsWriter.write(target, tensors);
  }

  private static String config(Path file, FloatType type) throws IOException {
    ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
    String name = Objects.requireNonNull(CONFIG_NAMES.get(type));
    config.put(config.has("torch_dtype") ? "torch_dtype" : "dtype", name);
    return config.toPrettyString() + "\n";
  }
}
