package io.modeldiff.web.service;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.store.CassandraInstall;
import io.modeldiff.web.access.Caller;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The first thing to try on an empty platform: the models that come with the program, and the
 * paper's toy comparison (Model-diff, section 4.1) of two of them. It is made of the same calls
 * that pages and scripts make.
 */
public final class BundledDemo {
  /** The models that come with the program; the first two are the toy pair. */
  public static final List<String> MODELS =
      List.of("small-toy", "large-toy", "mini-prose", "mini-prose-tuned", "mini-code");

  /** Enough for errors below one percent, and over in about a minute on two cores. */
  private static final long EVALUATIONS = 40_000;

  private static final int LANES = 32;
  private static final double BIN = 0.02;

  private BundledDemo() {}

  /** What the demo compares: eight digits under the toy pair. */
  public static ComparisonService.Spec spec() {
    return new ComparisonService.Spec(
        MODELS.get(0),
        MODELS.get(1),
        new SpaceSpec(8, "1.74:2.00", "bos", "0-9"),
        "tempering",
        List.of(),
        LANES,
        1,
        EVALUATIONS,
        null,
        0,
        BIN);
  }

  /** Registers those bundled models whose names are free. */
  public static void register(Services services, Caller who) {
    Set<String> known =
        services.models().list().stream().map(ModelService.Model::name).collect(Collectors.toSet());
    for (String name : MODELS) {
      if (!known.contains(name)) {
        services.models().add(name, directory(name).toString(), who);
      }
    }
  }

  /** Registers the bundled models and starts the demo's comparison; answers its id at once. */
  public static String start(Services services, Caller who) {
    register(services, who);
    return services.comparisons().start(spec(), who);
  }

  private static Path directory(String name) {
    String home = System.getProperty(CassandraInstall.HOME_PROPERTY);
    Path directory = Path.of(home == null ? "." : home, "models", name).toAbsolutePath();
    if (!Files.isDirectory(directory)) {
      throw UserException.failed(
          "The bundled model "
              + directory
              + " is missing; restore it from the repository, or set the property modeldiff.home to"
              + " where the program is.");
    }
    return directory;
  }
}
