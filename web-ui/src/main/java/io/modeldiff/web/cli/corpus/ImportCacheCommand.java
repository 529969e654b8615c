package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.cache.AnalysisCache;
import io.modeldiff.analysis.lmdiff.format.AnalysisCacheFile;
import io.modeldiff.analysis.lmdiff.format.ComparisonCheck;
import io.modeldiff.analysis.lmdiff.format.ConfigDirectory;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.platform.Corpora.Imported;
import io.modeldiff.web.platform.RunningPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code modeldiff corpus import-cache}. */
@Command(
    name = "import-cache",
    description =
        "Take over analyses that LMdiff made: an .h5 file, or a configuration directory with both"
            + " .h5 files, whose .csv files are checked against them. Use them with --compat.")
final class ImportCacheCommand extends ResultCommand {
  @Parameters(
      paramLabel = "FILE|DIR",
      description = "An .h5 file, or a directory with metadata.json.")
  private Path source = Path.of("");

  @Option(
      names = "--model",
      paramLabel = "M",
      description =
          "The model of an .h5 file: name or directory (default: the name that the file gives).")
  private @Nullable String model;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the corpus (default: the one that the file gives).")
  private @Nullable String name;

  @Mixin private LibraryOptions library = new LibraryOptions();

  ImportCacheCommand(Console console) {
    super(console);
  }

  /**
   * The document.
   *
   * @param csv largest relative difference of a .csv file from what its caches give, by file
   */
  record Result(List<Imported> caches, Map<String, Double> csv) {}

  @Override
  protected void run() throws IOException {
    boolean directory = Files.isDirectory(source);
    if (directory && model != null) {
      throw UserException.badInput(
          "A configuration directory names its models itself; leave out --model.");
    }
    List<AnalysisCacheFile> files = new ArrayList<>();
    try {
      Map<String, Double> csv = directory ? openAll(files) : open(files);
      List<Imported> imported = new ArrayList<>();
      try (RunningPlatform platform = library.open(console())) {
        for (AnalysisCache file : files) {
          String given = model == null ? file.header().modelName() : model;
          imported.add(
              platform
                  .corpora()
                  .importCache(
                      file,
                      library.analyst(given),
                      Optional.ofNullable(name),
                      source.toAbsolutePath().normalize().toString(),
                      LibraryOptions.cause("import-cache")));
        }
      }
      print(new Result(imported, csv));
    } finally {
      files.forEach(AnalysisCacheFile::close);
    }
  }

  private Map<String, Double> open(List<AnalysisCacheFile> files) {
    files.add(AnalysisCacheFile.open(source));
    return Map.of();
  }

  private Map<String, Double> openAll(List<AnalysisCacheFile> files) throws IOException {
    ConfigDirectory config = ConfigDirectory.open(source);
    String m1 = config.metadata().m1();
    String m2 = config.metadata().m2();
    AnalysisCacheFile a = AnalysisCacheFile.open(config.cache(m1));
    files.add(a);
    AnalysisCacheFile b = AnalysisCacheFile.open(config.cache(m2));
    files.add(b);
    int clamp = config.metadata().clamp();
    Map<String, Double> csv = new LinkedHashMap<>();
    Path forward = config.comparison(m1, m2);
    Path backward = config.comparison(m2, m1);
    csv.put(String.valueOf(forward.getFileName()), ComparisonCheck.of(forward, a, b, clamp));
    csv.put(String.valueOf(backward.getFileName()), ComparisonCheck.of(backward, b, a, clamp));
    return csv;
  }

  private void print(Result result) {
    if (json()) {
      JsonDocument.print(console(), result);
      return;
    }
    for (Imported i : result.caches()) {
      console()
          .out()
          .printf("%s by %s: %,d phrases taken over%n", i.corpus(), i.model(), i.phrases());
    }
    result
        .csv()
        .forEach(
            (file, worst) ->
                console().out().printf("%s agrees with the caches to %.1g%n", file, worst));
  }
}
