package io.modeldiff.web.cli.compare;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.exact.ExactSpec;
import io.modeldiff.web.cli.ModelNames;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.console.ProgressDisplay;
import io.modeldiff.web.cli.options.DeviceOptions;
import io.modeldiff.web.cli.options.InputSpaceOptions;
import io.modeldiff.web.cli.options.ModelPairOptions;
import io.modeldiff.web.cli.options.PlatformStartOptions;
import io.modeldiff.web.cli.options.SamplingOptions;
import io.modeldiff.web.cli.options.ServerOptions;
import io.modeldiff.web.compare.BridgeRun;
import io.modeldiff.web.compare.CompareRequest;
import io.modeldiff.web.compare.ExactAnswer;
import io.modeldiff.web.compare.Pair;
import io.modeldiff.web.compare.Verification;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.remote.RemoteControl;
import io.modeldiff.web.result.Bridge;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.ComparisonTable;
import io.modeldiff.web.result.condition.Condition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code modeldiff compare}. */
@Command(
    name = "compare",
    description =
        "How many inputs two models disagree on: samples both models' own input spaces, scores each"
            + " one's inputs by the other, and prints the result. The same command on the same data"
            + " directory goes on where it was.")
public final class CompareCommand extends ResultCommand {
  private static final int MOST_WORKERS = 64;

  @Mixin private ModelPairOptions models = new ModelPairOptions();
  @Mixin private InputSpaceOptions space = new InputSpaceOptions();
  @Mixin private SamplingOptions sampling = new SamplingOptions();
  @Mixin private DeviceOptions device = new DeviceOptions();
  @Mixin private PlatformStartOptions start = new PlatformStartOptions();
  @Mixin private ServerOptions server = new ServerOptions();

  @Option(
      names = "--verify",
      arity = "0..1",
      paramLabel = "WORKERS",
      fallbackValue = "2",
      description =
          "Then run both campaigns again from their specs, with this many workers (default: 2) and"
              + " without the store, and compare every event to the last bit.")
  private @Nullable Integer verify;

  @Option(
      names = "--fail-if",
      paramLabel = "CONDITION",
      description =
          "Exit with 3 when this holds of the result, for example \"pdAB/countA>0.2\"; fields are"
              + " those of the compare document, each count also with .low, .high, .log10 and"
              + " .relSe. What cannot be decided exits with 1.")
  private @Nullable String failIf;

  @Option(
      names = "--bridge",
      description =
          "Then sample rungs between the two models, which measure rare agreement, at the cost of"
              + " the budget once more.")
  private boolean bridge;

  CompareCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() throws InterruptedException {
    Condition condition = failIf == null ? null : Condition.parse(failIf);
    ModelNames names = new ModelNames(start.options().data());
    Pair pair = new Pair(names.open(models.a()), names.open(models.b()));
    CompareRequest request =
        new CompareRequest(
            sampling.spec(pair.a(), space, device),
            sampling.spec(pair.b(), space, device),
            space.lambda(),
            space.bin());
    Optional<RemoteControl> running = server.control(start.options().data());
    ComparisonDocument document;
    @Nullable Verification verification;
    if (running.isPresent()) {
      requireOwnToVerify();
      document = new RemoteComparing(console(), running.get(), request).run();
      verification = null;
    } else {
      try (RunningPlatform platform =
          RunningPlatform.start(start.options(), device.load().device(), console()::note)) {
        document = sampled(platform, request);
        verification = verified(platform, request);
      }
    }
    if (bridge) {
      document = document.with(bridged(request));
    }
    show(pair, request, document, verification);
    if (verification != null && !verification.identical()) {
      throw UserException.failed(
          "The second run is not the same as the first: "
              + String.join(" ", verification.sentences()));
    }
    if (condition != null) {
      condition.refuse(document);
    }
  }

  private ComparisonDocument sampled(RunningPlatform platform, CompareRequest request)
      throws InterruptedException {
    Cause cause = Cause.now(System.getProperty("user.name", "unknown"), "command line");
    return ComparisonDocument.of(Comparing.run(console(), platform, request, cause));
  }

  private void requireOwnToVerify() {
    if (verify != null) {
      throw UserException.badInput(
          "--verify reads the journal itself and needs a platform of this command's own; leave it"
              + " out, or name another data directory with --data.");
    }
  }

  private Bridge bridged(CompareRequest request) {
    try (ProgressDisplay display = console().progress("Bridge", BridgeRun.ALL, "percent")) {
      return new BridgeRun(request, request.a().evaluations()).run(display);
    }
  }

  /** The result's document with what a second run found. */
  private record Verified(@JsonUnwrapped ComparisonDocument document, Verification verification) {}

  private void show(
      Pair pair,
      CompareRequest request,
      ComparisonDocument document,
      @Nullable Verification verification) {
    if (json()) {
      JsonDocument.print(
          console(), verification == null ? document : new Verified(document, verification));
      return;
    }
    console()
        .out()
        .print(
            ComparisonTable.of(
                request.a().model().name(),
                request.b().model().name(),
                document,
                exact(pair, request)));
    if (verification != null) {
      verification.sentences().forEach(console().out()::println);
    }
    console().out().flush();
  }

  private @Nullable Verification verified(RunningPlatform platform, CompareRequest request) {
    if (verify == null) {
      return null;
    }
    if (verify < 1 || verify > MOST_WORKERS) {
      throw UserException.badInput(
          "--verify takes a number of workers from 1 to "
              + MOST_WORKERS
              + ", but was "
              + verify
              + ".");
    }
    long positions = request.a().positionsBudget();
    try (ProgressDisplay display = console().progress("Running again", positions, "positions")) {
      return Verification.of(platform, request, verify, display);
    }
  }

  private static String precision(CampaignSpec spec) {
    String dtype = spec.model().dtype();
    return dtype.equals("auto") ? "f32" : dtype;
  }

  /** The exact answer to the same question, where an enumeration has left one. */
  private ComparisonTable.@Nullable Exact exact(Pair pair, CompareRequest request) {
    CampaignSpec asked = request.a();
    ExactSpec spec =
        new ExactSpec(asked.space().toSpace(), asked.z(), request.lambda(), request.bin());
    try {
      return ExactAnswer.keptCounts(
              start.options().data(),
              pair.a().info(precision(asked), "cpu"),
              pair.b().info(precision(request.b()), "cpu"),
              spec)
          .map(known -> ComparisonTable.Exact.of(known.result(), known.origin()))
          .orElse(null);
    } catch (UserException e) {
      console().note(String.valueOf(e.getMessage()));
      return null;
    }
  }
}
