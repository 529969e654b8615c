package io.modeldiff.core.lm;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.arch.Architecture;
import io.modeldiff.core.lm.arch.Architectures;
import io.modeldiff.core.lm.arch.TransformerSpec;
import io.modeldiff.core.lm.files.ConfigJson;
import io.modeldiff.core.lm.files.FileHashes;
import io.modeldiff.core.lm.files.TokenizerJson;
import io.modeldiff.core.lm.files.WeightFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A Hugging Face model directory without its weights in memory: configuration, tokenizer, file
 * hashes. Cheap enough for a catalogue or a web page; needs no libtorch.
 */
public final class ModelDirectory {
  private final Path path;
  private final ConfigJson config;
  private final Architecture architecture;
  private final TransformerSpec spec;
  private final WeightFiles weights;
  private final TokenizerJson tokenizer;
  private final CompletableFuture<FileHashes> hashes;

  private ModelDirectory(Path path) {
    this.path = path;
    this.config = ConfigJson.read(path.resolve("config.json"));
    this.architecture = Architectures.of(config);
    this.spec = architecture.spec(config);
    this.weights = WeightFiles.open(path);
    this.tokenizer = TokenizerJson.open(path);
    // Every byte is read for them, which may as well happen while the weights are loaded.
    this.hashes = CompletableFuture.supplyAsync(() -> FileHashes.of(path));
  }

  /**
   * Opens a directory; every fault of its files except wrong weights and unreadable blocks is found
   * here.
   */
  public static ModelDirectory open(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw UserException.badInput(
          "There is no model directory "
              + directory
              + "; name a registered model or a Hugging Face directory with config.json.");
    }
    return new ModelDirectory(directory.toAbsolutePath().normalize());
  }

  /** The directory, absolute. */
  public Path path() {
    return path;
  }

  /** Its config.json. */
  public ConfigJson config() {
    return config;
  }

  /** How to read it. */
  public Architecture architecture() {
    return architecture;
  }

  /** Its shape. */
  public TransformerSpec spec() {
    return spec;
  }

  /** Its validated weight files. */
  public WeightFiles weights() {
    return weights;
  }

  /** Its tokenizer. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** Hashes of its files, computed since it was opened; waits for them. */
  public FileHashes hashes() {
    try {
      return hashes.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof UserException fault ? fault : e;
    }
  }

  /** What is known of it without loading it. */
  public ModelInfo info(String dtype, String device) {
    return new ModelInfo(
        path.getFileName().toString(),
        path,
        hashes().combined(),
        architecture.modelType(),
        spec.kind(),
        spec.vocabulary(),
        spec.positions(),
        bos(),
        weights.parameters(),
        dtype,
        device);
  }

  /** The ids that a masked model needs around and instead of content tokens. */
  public MaskIds maskIds() {
    Path file = path.resolve("tokenizer_config.json");
    ConfigJson named = Files.isRegularFile(file) ? ConfigJson.read(file) : config;
    return new MaskIds(
        special(named, "cls_token", "[CLS]"),
        special(named, "sep_token", "[SEP]"),
        special(named, "mask_token", "[MASK]"));
  }

  private int special(ConfigJson named, String field, String usual) {
    String own = content(named, field);
    String content = own.isEmpty() ? usual : own;
    Integer id = tokenizer.vocabulary().get(content);
    if (id == null) {
      throw UserException.badInput(
          path.resolve("tokenizer.json")
              + " has no token '"
              + content
              + "' ("
              + field
              + "), which a masked model needs.");
    }
    return id;
  }

  /**
   * Special tokens of a masked model.
   *
   * @param cls opens a text
   * @param sep closes it
   * @param mask stands for the token asked for
   */
  public record MaskIds(int cls, int sep, int mask) {}

  /** What stands before a causal text: the start token, else the end token. */
  private OptionalInt bos() {
    if (spec.kind() == ModelKind.MASKED) {
      return OptionalInt.empty();
    }
    OptionalInt start = token("bos");
    return start.isPresent() ? start : token("eos");
  }

  /**
   * A token of the vocabulary by config.json, else by generation_config.json, else by
   * tokenizer_config.json. Ids outside the vocabulary are defaults of some larger model that nobody
   * changed.
   */
  private OptionalInt token(String role) {
    Path generation = path.resolve("generation_config.json");
    Path named = path.resolve("tokenizer_config.json");
    OptionalInt id = known(config.tokenId(role + "_token_id"));
    if (id.isEmpty() && Files.isRegularFile(generation)) {
      id = known(ConfigJson.read(generation).tokenId(role + "_token_id"));
    }
    if (id.isEmpty() && Files.isRegularFile(named)) {
      Integer own = tokenizer.vocabulary().get(content(ConfigJson.read(named), role + "_token"));
      id = own == null ? id : known(OptionalInt.of(own));
    }
    return id;
  }

  private OptionalInt known(OptionalInt id) {
    return id.isPresent() && id.getAsInt() < spec.vocabulary() ? id : OptionalInt.empty();
  }

  /** A special token of tokenizer_config.json, a text or an object with one; empty when absent. */
  private static String content(ConfigJson named, String field) {
    String own = named.json().path(field).asText("");
    return own.isEmpty() ? named.json().path(field).path("content").asText("") : own;
  }
}
