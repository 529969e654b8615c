package io.modeldiff.web.cli.corpus;

import io.modeldiff.core.campaign.Cause;
import io.modeldiff.web.cli.ModelNames;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.options.DeviceOptions;
import io.modeldiff.web.cli.options.PlatformStartOptions;
import io.modeldiff.web.cli.options.ServerOptions;
import io.modeldiff.web.corpus.CorpusWork;
import io.modeldiff.web.platform.Corpora.Analyst;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.remote.RemoteControl;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** The platform that keeps corpora and computes analyses, and the models that it is asked for. */
final class LibraryOptions {
  @Mixin private PlatformStartOptions start = new PlatformStartOptions();

  @Mixin private DeviceOptions device = new DeviceOptions();

  /** A platform that runs already, by the options or on the data directory. */
  Optional<RemoteControl> running(ServerOptions server) {
    return server.control(start.options().data());
  }

  /** The same for work that models do, whose device and precision are then the platform's. */
  Optional<RemoteControl> working(ServerOptions server) {
    Optional<RemoteControl> running = running(server);
    running.ifPresent(platform -> device.requireDefaults());
    return running;
  }

  /** Starts the platform on the data directory; to be closed. */
  RunningPlatform open(Console console) {
    return RunningPlatform.start(start.options(), device.load().device(), console::note);
  }

  /** Work on the platform's corpora, shown on the console while it goes. */
  CorpusWork work(RunningPlatform platform, Console console, String command) {
    return new CorpusWork(platform.corpora(), device.load(), console::progress, cause(command));
  }

  /** Finds a model in the data directory. */
  Analyst analyst(String model) {
    String dtype = device.load().dtype();
    ModelNames names = new ModelNames(start.options().data());
    return new Analyst(model, names.open(model), dtype.equals("auto") ? "f32" : dtype);
  }

  /** Who asks, for the registry's events. */
  static Cause cause(String command) {
    return Cause.now(System.getProperty("user.name", "unknown"), "modeldiff corpus " + command);
  }
}
