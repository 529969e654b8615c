package io.modeldiff.web.api.lmdiff;

import io.modeldiff.analysis.lmdiff.compat.OriginalApi;
import io.modeldiff.analysis.lmdiff.compat.OriginalApiServer;
import io.modeldiff.analysis.lmdiff.compat.PairSource;
import io.modeldiff.analysis.lmdiff.format.ConfigDirectory;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * What {@code serve --lmdiff-config OUT} and {@code serve --a M1 --b M2} serve: one pair of models,
 * with the analysed corpus of a configuration directory or for typed text only. Models are loaded
 * when they are first asked for.
 *
 * @param api the calls, for {@link LmdiffRoute#of}
 * @param source the models; to be closed at the end
 */
public record LmdiffServing(OriginalApi api, PairSource source) implements AutoCloseable {
  /**
   * Serves a configuration directory.
   *
   * @param directories finds a model by the name or path that metadata.json gives; a directory
   *     beside the configuration directory is found without it
   */
  public static LmdiffServing ofConfig(
      Path directory,
      Function<String, ModelDirectory> directories,
      LoadOptions load,
      boolean compat) {
    ConfigDirectory config = ConfigDirectory.open(directory);
    return serving(
        config.metadata().m1(),
        config.metadata().m2(),
        Optional.of(config),
        name -> orBeside(directory, name, directories),
        load,
        compat);
  }

  /** Serves two models without a corpus. */
  public static LmdiffServing ofModels(
      String m1,
      String m2,
      Function<String, ModelDirectory> directories,
      LoadOptions load,
      boolean compat) {
    return serving(m1, m2, Optional.empty(), directories, load, compat);
  }

  private static ModelDirectory orBeside(
      Path config, String name, Function<String, ModelDirectory> directories) {
    Path parent = config.toAbsolutePath().normalize().getParent();
    boolean here = Files.isDirectory(Path.of(name));
    return !here && parent != null && Files.isDirectory(parent.resolve(name))
        ? ModelDirectory.open(parent.resolve(name))
        : directories.apply(name);
  }

  private static LmdiffServing serving(
      String m1,
      String m2,
      Optional<ConfigDirectory> config,
      Function<String, ModelDirectory> directories,
      LoadOptions load,
      boolean compat) {
    PairSource source =
        new PairSource(m1, m2, config, directories, directory -> ModelLoader.load(directory, load));
    return new LmdiffServing(new OriginalApiServer(source, source, compat), source);
  }

  @Override
  public void close() {
    source.close();
  }
}
