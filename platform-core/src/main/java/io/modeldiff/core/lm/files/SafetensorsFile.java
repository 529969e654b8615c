package io.modeldiff.core.lm.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A safetensors file whose header has been checked completely before any offset is used: header
 * length, JSON, data types, shapes, sizes, and that the tensors cover the data section without gaps
 * or overlaps. Tensors are read in pieces, so files and tensors may exceed 2 GB.
 */
public final class SafetensorsFile {
  /** Longest header that the format allows, in bytes. */
  public static final long MAX_HEADER = 100_000_000;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final Map<String, Integer> BYTES =
      Map.ofEntries(
          Map.entry("F64", 8),
          Map.entry("F32", 4),
          Map.entry("F16", 2),
          Map.entry("BF16", 2),
          Map.entry("I64", 8),
          Map.entry("I32", 4),
          Map.entry("I16", 2),
          Map.entry("I8", 1),
          Map.entry("U64", 8),
          Map.entry("U32", 4),
          Map.entry("U16", 2),
          Map.entry("U8", 1),
          Map.entry("BOOL", 1),
          Map.entry("F8_E4M3", 1),
          Map.entry("F8_E5M2", 1));

  private final Path path;
  private final Map<String, TensorEntry> tensors;

  private SafetensorsFile(Path path, Map<String, TensorEntry> tensors) {
    this.path = path;
    this.tensors = Collections.unmodifiableMap(tensors);
  }

  /** Opens a file and validates its header. */
  public static SafetensorsFile open(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      long header = headerLength(path, channel, size);
      ByteBuffer text = ByteBuffer.allocate((int) header);
      readFully(channel, text, 8);
      JsonNode json = JSON.readTree(new String(text.array(), StandardCharsets.UTF_8));
      if (json == null || !json.isObject()) {
        throw broken(path, "its header is not a JSON object");
      }
      return new SafetensorsFile(path, entries(path, json, 8 + header, size));
    } catch (JsonProcessingException e) {
      throw broken(path, "its header is not valid JSON (" + e.getOriginalMessage() + ")");
    } catch (IOException e) {
      throw Unreadable.of(path, e);
    }
  }

  private static long headerLength(Path path, FileChannel channel, long size) throws IOException {
    if (size < 8) {
      throw broken(path, "it has only " + size + " bytes");
    }
    ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    readFully(channel, length, 0);
    long header = length.getLong(0);
    if (header < 2 || header > MAX_HEADER || header > size - 8) {
      throw broken(
          path,
          "its header claims "
              + Long.toUnsignedString(header)
              + " bytes, but the file has "
              + size);
    }
    return header;
  }

  private static Map<String, TensorEntry> entries(Path path, JsonNode json, long start, long size) {
    Map<String, TensorEntry> entries = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> e : json.properties()) {
      if (!e.getKey().equals("__metadata__")) {
        entries.put(e.getKey(), entry(path, e.getKey(), e.getValue(), start));
      }
    }
    long end = start;
    List<TensorEntry> sorted =
        entries.values().stream().sorted(Comparator.comparingLong(TensorEntry::offset)).toList();
    for (TensorEntry t : sorted) {
      if (t.offset() != end) {
        throw broken(path, "tensor " + t.name() + " does not follow the tensor before it");
      }
      end = t.offset() + t.bytes();
      if (end > size || end < t.offset()) {
        throw broken(
            path,
            "tensor "
                + t.name()
                + " should end at byte "
                + end
                + ", but the file has only "
                + size
                + " bytes (truncated)");
      }
    }
    if (end != size) {
      throw broken(
          path, "its tensors end at byte " + end + ", but the file has " + size + " bytes");
    }
    return entries;
  }

  private static TensorEntry entry(Path path, String name, JsonNode node, long start) {
    String dtype = node.path("dtype").asText("");
    Integer width = BYTES.get(dtype);
    if (width == null) {
      throw broken(path, "tensor " + name + " has the unknown data type '" + dtype + "'");
    }
    JsonNode dims = node.path("shape");
    JsonNode offsets = node.path("data_offsets");
    if (!dims.isArray() || !offsets.isArray() || offsets.size() != 2) {
      throw broken(path, "tensor " + name + " lacks shape or data_offsets");
    }
    long[] shape = new long[dims.size()];
    long bytes = width;
    try {
      for (int i = 0; i < shape.length; i++) {
        shape[i] = whole(path, name, dims.get(i));
        bytes = Math.multiplyExact(bytes, shape[i]);
      }
    } catch (ArithmeticException e) {
      throw broken(path, "tensor " + name + " has an impossible shape");
    }
    long from = whole(path, name, offsets.get(0));
    long to = whole(path, name, offsets.get(1));
    if (to - from != bytes || to < from) {
      throw broken(
          path,
          "tensor "
              + name
              + " of shape "
              + java.util.Arrays.toString(shape)
              + " and type "
              + dtype
              + " needs "
              + bytes
              + " bytes, but its data_offsets span "
              + (to - from));
    }
    return new TensorEntry(name, dtype, shape, start + from, bytes);
  }

  private static long whole(Path path, String name, JsonNode v) {
    // 2^53 is far beyond any file and keeps every sum below free of overflow.
    if (!v.isIntegralNumber()
        || !v.canConvertToLong()
        || v.longValue() < 0
        || v.longValue() > (1L << 53)) {
      throw broken(path, "tensor " + name + " has the impossible dimension or offset " + v);
    }
    return v.longValue();
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** All tensors by name, in header order. */
  public Map<String, TensorEntry> tensors() {
    return tensors;
  }

  /** Reads elements [from, from + into.length) of a floating-point tensor, widened to float32. */
  public void read(TensorEntry tensor, long from, float[] into) {
    int width = BYTES.getOrDefault(tensor.dtype(), 4);
    ByteBuffer data = bytes(tensor, from * width, into.length * width);
    switch (tensor.dtype()) {
      case "F32" -> data.asFloatBuffer().get(into);
      case "F64" -> {
        for (int i = 0; i < into.length; i++) {
          into[i] = (float) data.getDouble(i * 8);
        }
      }
      case "BF16" -> {
        for (int i = 0; i < into.length; i++) {
          into[i] = Float.intBitsToFloat(data.getShort(i * 2) << 16);
        }
      }
      case "F16" -> {
        for (int i = 0; i < into.length; i++) {
          into[i] = HalfFloat.toFloat(data.getShort(i * 2));
        }
      }
      default ->
          throw UserException.badInput(
              path
                  + ": tensor "
                  + tensor.name()
                  + " has type "
                  + tensor.dtype()
                  + "; weights must be F32, F16, BF16 or F64.");
    }
  }

  /** Some bytes of a tensor, little-endian, in an array of their own. */
  ByteBuffer bytes(TensorEntry tensor, long from, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      readFully(channel, bytes, tensor.offset() + from);
    } catch (IOException e) {
      throw UserException.failed(path + " cannot be read: " + e.getMessage() + ".", e);
    }
    return bytes.flip();
  }

  /** The bytes before the tensor data: length and header, {@code end} of them. */
  byte[] header(long end) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(end));
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      readFully(channel, bytes, 0);
    }
    return bytes.array();
  }

  private static UserException broken(Path path, String why) {
    return UserException.badInput(
        path + " is not a complete safetensors file: " + why + "; download or copy it again.");
  }

  private static void readFully(FileChannel channel, ByteBuffer into, long at) throws IOException {
    while (into.hasRemaining()) {
      int n = channel.read(into, at + into.position());
      if (n < 0) {
        throw new IOException("the file ended early");
      }
    }
  }
}
