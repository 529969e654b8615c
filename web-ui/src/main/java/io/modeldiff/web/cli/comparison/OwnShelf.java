package io.modeldiff.web.cli.comparison;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.platform.PlatformOptions;
import io.modeldiff.web.access.AccessControl;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Role;
import io.modeldiff.web.access.UserStore;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.live.LiveServices;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.corpus.CorpusDocument;
import io.modeldiff.web.result.corpus.CorpusQuery;
import io.modeldiff.web.result.inputs.InputPage;
import io.modeldiff.web.result.inputs.InputQuery;
import io.modeldiff.web.result.inputs.TextMix;
import io.modeldiff.web.service.ComparisonService;
import io.modeldiff.web.service.ComparisonService.Export;
import io.modeldiff.web.service.ComparisonService.Rebuilt;
import io.modeldiff.web.service.ComparisonService.Summary;
import io.modeldiff.web.service.NotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The comparisons of a data directory, on which this command runs a platform of its own. */
final class OwnShelf implements Shelf {
  private static final int ALL = 10_000;

  private final RunningPlatform platform;
  private final LiveServices live;
  private final ComparisonService comparisons;

  OwnShelf(PlatformOptions options, Console console) {
    this.platform = RunningPlatform.start(options, "cpu", console::note);
    Path users = platform.platform().directory().layout().root().resolve("users.json");
    AccessControl access =
        AccessControl.listeningOn("127.0.0.1", UserStore.open(users, Clock.systemUTC()));
    this.live = LiveServices.start(platform, access, "cpu");
    this.comparisons = live.services().comparisons();
  }

  private static <T> T found(Supplier<T> work) {
    try {
      return work.get();
    } catch (NotFoundException e) {
      throw UserException.badInput(
          e.getMessage() + " 'modeldiff comparison list' says how far they are.", e);
    }
  }

  @Override
  public List<Summary> list() {
    return comparisons.list(ALL);
  }

  @Override
  public ComparisonDocument result(String id, @Nullable Double lambda) {
    return found(
        () -> comparisons.result(id, lambda == null ? comparisons.get(id).lambda() : lambda));
  }

  @Override
  public InputPage inputs(String id, InputQuery query) {
    return found(() -> comparisons.inputs(id, query));
  }

  @Override
  public TextMix mix(String id, InputQuery query) {
    return found(() -> comparisons.mix(id, query));
  }

  @Override
  public CorpusDocument corpus(String id, CorpusQuery query) {
    return found(() -> comparisons.corpus(id, query));
  }

  @Override
  public void export(String id, String what, String format, Path file) {
    Export export = found(() -> comparisons.export(id, what, format));
    try {
      Files.move(export.path(), file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw UserException.failed(file + " cannot be written: " + e.getMessage() + ".", e);
    }
  }

  @Override
  public Rebuilt rebuild(String id) {
    return found(
        () ->
            comparisons.rebuild(
                id, new Caller(System.getProperty("user.name", "unknown"), Role.ADMIN)));
  }

  @Override
  public void close() {
    live.close();
    platform.close();
  }
}
