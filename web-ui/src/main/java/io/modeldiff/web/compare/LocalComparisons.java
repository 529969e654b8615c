package io.modeldiff.web.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.result.Bins;
import io.modeldiff.web.result.ComparisonDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The D histograms of finished comparisons as files of the data directory, so that commands that
 * need no running platform can say where a text's D falls. The journal is the truth.
 */
public final class LocalComparisons {
  private static final String ENDING = ".json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  /**
   * @param data the data directory; it need not exist
   */
  public LocalComparisons(Path data) {
    this.folder = data.resolve("comparisons");
  }

  /** A model by name and files. */
  public record Model(String name, String hash) {}

  /**
   * One comparison.
   *
   * @param length tokens of an input
   */
  public record Stored(
      String comparison, Model a, Model b, int length, Bins histogramAB, Bins histogramBA) {
    /** The histograms of an outcome. */
    public static Stored of(Outcome outcome) {
      return new Stored(
          outcome.comparison().comparison(),
          model(outcome.a().campaign().spec().model()),
          model(outcome.b().campaign().spec().model()),
          outcome.comparison().spec().space().length(),
          Bins.of(outcome.result().histogramAB()),
          Bins.of(outcome.result().histogramBA()));
    }

    /** The histograms of a result. */
    public static Stored of(ComparisonSpec spec, ComparisonDocument result) {
      return new Stored(
          result.comparison(),
          model(spec.sides().get(0).model()),
          model(spec.sides().get(1).model()),
          result.length(),
          result.histogramAB(),
          result.histogramBA());
    }

    private static Model model(io.modeldiff.core.campaign.ModelRef ref) {
      return new Model(ref.name(), ref.hash());
    }
  }

  /** Keeps one. */
  public void write(Stored comparison) {
    try {
      Files.createDirectories(folder);
      Path unfinished = Files.createTempFile(folder, ".comparison", ".tmp");
      JSON.writeValue(unfinished.toFile(), comparison);
      Files.move(
          unfinished,
          folder.resolve(comparison.comparison() + ENDING),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw UserException.failed(folder + " cannot be written: " + e.getMessage() + ".", e);
    }
  }

  /**
   * Where D of a text lies in every comparison of two models, whichever of them is A there.
   *
   * @param hash1 files of model 1
   * @param hash2 files of model 2
   * @param d z₁ − z₂, nats per token
   */
  public List<Placement> place(String hash1, String hash2, double d) {
    List<Placement> places = new ArrayList<>();
    for (Stored c : all()) {
      if (c.a().hash().equals(hash1) && c.b().hash().equals(hash2)) {
        places.add(Placement.of(c, d));
      } else if (c.a().hash().equals(hash2) && c.b().hash().equals(hash1)) {
        places.add(Placement.of(c, -d));
      }
    }
    return places;
  }

  private List<Stored> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Stored> all = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(ENDING)).sorted().toList()) {
        all.add(JSON.readValue(file.toFile(), Stored.class));
      }
      return all;
    } catch (IOException e) {
      throw UserException.failed(
          folder + " cannot be read: " + e.getMessage() + "; delete the damaged file.", e);
    }
  }
}
