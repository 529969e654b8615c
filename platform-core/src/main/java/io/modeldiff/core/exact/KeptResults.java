package io.modeldiff.core.exact;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.core.space.InputSpace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finished enumerations as files of the data directory, one for each question: an answer holds as
 * long as the models' files, the space, Z, λ and the bin are the same.
 */
public final class KeptResults {
  private static final int VERSION = 1;
  private static final int NAME_LENGTH = 32;
  private static final String COUNTS = "counts-";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What was enumerated; models by the hash of their files and the precision they ran in.
   *
   * @param a first model
   * @param b second model
   */
  public record Question(String a, String b, ExactSpec spec) {
    /** The question about two models, loaded or to be loaded in the given precision. */
    public static Question of(ModelInfo a, ModelInfo b, ExactSpec spec) {
      return new Question(identity(a), identity(b), spec);
    }

    private static String identity(ModelInfo info) {
      return info.hash() + " " + info.dtype();
    }

    private Asked asked() {
      InputSpace s = spec.space();
      return new Asked(
          a,
          b,
          s.length(),
          s.prefix(),
          s.allowed(),
          s.vocabulary(),
          List.of(spec.range().low(), spec.range().high()),
          spec.lambda(),
          spec.bin());
    }
  }

  /** A whole answer, or counts, and when it was found. */
  public record Kept<T>(T result, Instant enumerated) {}

  private record CountsDocument(int version, String enumerated, Asked asked, ExactCounts counts) {}

  private record Asked(
      String a,
      String b,
      int length,
      int[] prefix,
      int[] allowed,
      int vocabulary,
      List<Double> z,
      double lambda,
      double bin) {}

  private record Document(
      int version,
      String enumerated,
      Asked asked,
      long sequences,
      long both,
      long nanos,
      ExactSide a,
      ExactSide b) {}

  private final Path folder;

  /**
   * @param data the data directory; it need not exist
   */
  public KeptResults(Path data) {
    this.folder = data.resolve("exact");
  }

  /**
   * The kept answer to a question.
   *
   * @throws UserException when there is one but it cannot be read
   */
  public Optional<Kept<ExactResult>> find(Question question) {
    Path file = file(question, "");
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Document d = read(file, Document.class);
    if (d.version() != VERSION || !Arrays.equals(bytes(d.asked()), bytes(question.asked()))) {
      return Optional.empty();
    }
    ExactResult result =
        new ExactResult(
            question.spec(), d.sequences(), d.a(), d.b(), d.both(), Duration.ofNanos(d.nanos()));
    return Optional.of(new Kept<>(result, Instant.parse(d.enumerated())));
  }

  /**
   * The kept counts that answer a question at λ = 0, of a whole enumeration or of one of counts
   * alone.
   *
   * @throws UserException when there are some but they cannot be read
   */
  public Optional<Kept<ExactCounts>> findCounts(Question question) {
    Optional<Kept<ExactResult>> whole = find(question);
    if (whole.isPresent()) {
      return whole.map(w -> new Kept<>(ExactCounts.of(w.result()), w.enumerated()));
    }
    Path file = file(question, COUNTS);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    CountsDocument d = read(file, CountsDocument.class);
    boolean same =
        d.version() == VERSION && Arrays.equals(bytes(d.asked()), bytes(question.asked()));
    return same
        ? Optional.of(new Kept<>(d.counts(), Instant.parse(d.enumerated())))
        : Optional.empty();
  }

  private static <T> T read(Path file, Class<T> type) {
    try {
      return JSON.readValue(file.toFile(), type);
    } catch (IOException e) {
      throw UserException.failed(
          "The kept enumeration " + file + " is damaged; delete it, or enumerate with --again.", e);
    }
  }

  /**
   * Keeps an answer, in place of an older one to the same question.
   *
   * @throws UserException when the data directory cannot be written
   */
  public Kept<ExactResult> keep(Question question, ExactResult result) {
    Instant now = Instant.now();
    Document document =
        new Document(
            VERSION,
            now.toString(),
            question.asked(),
            result.sequences(),
            result.both(),
            result.time().toNanos(),
            result.a(),
            result.b());
    write(document, file(question, ""));
    return new Kept<>(result, now);
  }

  /**
   * Keeps counts, in place of older ones for the same question.
   *
   * @throws UserException when the data directory cannot be written
   */
  public Kept<ExactCounts> keep(Question question, ExactCounts counts) {
    Instant now = Instant.now();
    write(
        new CountsDocument(VERSION, now.toString(), question.asked(), counts),
        file(question, COUNTS));
    return new Kept<>(counts, now);
  }

  private void write(Object document, Path file) {
    Path unfinished = null;
    try {
      Files.createDirectories(folder);
      unfinished = Files.createTempFile(folder, ".result", ".tmp");
      JSON.writeValue(unfinished.toFile(), document);
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      discard(unfinished, e);
      throw UserException.failed(
          "The result could not be kept in " + folder + ": " + e.getMessage() + ".", e);
    }
  }

  private static void discard(@Nullable Path unfinished, IOException cause) {
    if (unfinished != null) {
      try {
        Files.deleteIfExists(unfinished);
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }

  private Path file(Question question, String kind) {
    return folder.resolve(kind + digest(bytes(question.asked())) + ".json");
  }

  private static byte[] bytes(Asked asked) {
    try {
      return JSON.writeValueAsString(asked).getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("numbers and names are always JSON", e);
    }
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] sha = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(sha).substring(0, NAME_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
