package io.modeldiff.web.cli.compare;

import io.modeldiff.core.exact.ExactCounts;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.core.work.WorkMonitor;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.ProgressDisplay;
import io.modeldiff.web.compare.ExactAnswer;
import io.modeldiff.web.compare.ToyDemo;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The demo's exact answer, enumerated while other work goes on, or taken from the data directory.
 * Closing it ends an enumeration that nobody waits for any more.
 */
final class BackgroundExact implements AutoCloseable {
  private static final long POLL_MILLIS = 500;

  private final ToyDemo demo;
  private final CompletableFuture<ExactAnswer<ExactCounts>> answer;
  private volatile long done;
  private volatile boolean closed;

  private BackgroundExact(Console console, ToyDemo demo, Path data, boolean again) {
    this.demo = demo;
    Optional<ExactAnswer<ExactCounts>> kept =
        again
            ? Optional.empty()
            : ExactAnswer.keptCounts(
                data, demo.a().info("f32", "cpu"), demo.b().info("f32", "cpu"), demo.exact());
    kept.ifPresent(known -> console.note("Using the exact answer " + known.origin() + "."));
    this.answer =
        kept.map(CompletableFuture::completedFuture)
            .orElseGet(
                () ->
                    CompletableFuture.supplyAsync(
                        () -> enumerate(console, data),
                        work -> {
                          Thread thread = new Thread(work, "exact");
                          thread.setDaemon(true);
                          thread.start();
                        }));
  }

  static BackgroundExact start(Console console, ToyDemo demo, Path data, boolean again) {
    return new BackgroundExact(console, demo, data, again);
  }

  private ExactAnswer<ExactCounts> enumerate(Console console, Path data) {
    WorkMonitor monitor =
        new WorkMonitor() {
          @Override
          public void done(long finished) {
            done = finished;
          }

          @Override
          public boolean stopRequested() {
            return closed || console.stop().requested();
          }
        };
    // Threads of their own: on the samplers' threads, each short step would wait for a long pass.
    int free = Runtime.getRuntime().availableProcessors();
    try (LanguageModel a = ModelLoader.load(demo.a(), new LoadOptions("cpu:" + free, "f32"));
        LanguageModel b = ModelLoader.load(demo.b(), new LoadOptions("cpu:" + (free + 1), "f32"))) {
      return ExactAnswer.enumerateCounts(data, a, b, demo.exact(), monitor, console::note);
    }
  }

  /** Waits for the answer, with the progress of what is left of the enumeration. */
  ExactAnswer<ExactCounts> await(Console console) throws InterruptedException {
    if (!answer.isDone()) {
      long all = demo.exact().sequences().longValueExact();
      try (ProgressDisplay progress = console.progress("Enumerating", done, all, "sequences")) {
        while (!finished()) {
          progress.done(done);
        }
        progress.done(all);
      }
    }
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  private boolean finished() throws InterruptedException {
    try {
      answer.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException | CancellationException e) {
      return true; // await reports it
    }
  }

  @Override
  public void close() {
    closed = true;
    answer.handle((found, failure) -> true).join();
  }
}
