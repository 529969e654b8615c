package io.modeldiff.web.cli.serve;

import io.modeldiff.core.platform.PlatformOptions;
import io.modeldiff.core.platform.Role;
import io.modeldiff.web.api.lmdiff.LmdiffServer;
import io.modeldiff.web.api.lmdiff.LmdiffServing;
import io.modeldiff.web.cli.CliCommand;
import io.modeldiff.web.cli.ModelNames;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.options.DeviceOptions;
import io.modeldiff.web.cli.options.PlatformStartOptions;
import io.modeldiff.web.front.WebFront;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.remote.ServerFile;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code modeldiff serve}. */
@Command(
    name = "serve",
    description =
        "The platform: dashboard and API, with an embedded Cassandra and every role by default."
            + " Runs until it is stopped; campaigns go on where they were at the next start.")
public final class ServeCommand extends CliCommand {
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Where dashboard and API listen (default: 127.0.0.1, without login; any other address"
              + " needs configured users).")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of the dashboard (default: picked once per data directory).")
  private @Nullable Integer port;

  @Option(
      names = "--api-port",
      paramLabel = "PORT",
      description = "Port of the API (default: picked once per data directory).")
  private @Nullable Integer apiPort;

  @Option(
      names = "--roles",
      paramLabel = "ROLES",
      description =
          "What this process does: coordinator, gpu-worker, web, separated by commas (default:"
              + " everything).")
  private @Nullable String roles;

  @Option(
      names = "--join",
      paramLabel = "HOST:PORT",
      split = ",",
      description = "Members of a cluster to join (default: form one).")
  private List<String> join = new ArrayList<>();

  @Mixin private LmdiffOptions lmdiff = new LmdiffOptions();
  @Mixin private DeviceOptions device = new DeviceOptions();
  @Mixin private PlatformStartOptions start = new PlatformStartOptions();

  ServeCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() throws InterruptedException {
    if (lmdiff.wanted()) {
      serveLmdiff();
      return;
    }
    Set<Role> wanted = roles == null ? Role.all() : Role.parse(roles);
    PlatformOptions options = start.options().withRoles(wanted);
    if (!join.isEmpty()) {
      options = options.withJoin(join);
    }
    boolean takenOut = true;
    while (takenOut) {
      takenOut = serve(options, device.load().device());
    }
  }

  /** Runs until it is stopped, or until it is taken out of the cluster: then true. */
  private boolean serve(PlatformOptions options, String where) throws InterruptedException {
    try (RunningPlatform platform = RunningPlatform.start(options, where, console()::note)) {
      console().note("The cluster is at " + platform.platform().address() + ".");
      return options.roles().contains(Role.WEB)
          ? serveWeb(platform, where)
          : Running.isTakenOut(console(), platform);
    }
  }

  private boolean serveWeb(RunningPlatform platform, String where) throws InterruptedException {
    WebFront.Address address = new WebFront.Address(host, optional(port), optional(apiPort));
    try (WebFront front = WebFront.start(platform, address, where)) {
      console().note("Dashboard: " + front.dashboardUrl());
      console().note("API:       " + front.apiUrl());
      ServerFile here = ServerFile.of(platform.platform().directory().layout().root());
      here.write(front.apiUrl());
      boolean takenOut = Running.isTakenOut(console(), platform);
      here.remove();
      return takenOut;
    }
  }

  /** The original LMdiff's workflow: one pair of models, no platform. */
  private void serveLmdiff() throws InterruptedException {
    lmdiff.requireLoopback(host);
    ModelNames names = new ModelNames(start.options().data());
    try (LmdiffServing serving = lmdiff.serving(names::open, device.load());
        LmdiffServer server = lmdiff.start(serving, host, apiPort != null ? apiPort : port)) {
      console().note("LMdiff's API: " + server.url() + "api");
      lmdiff.client().ifPresent(folder -> console().note("LMdiff's client: " + server.url()));
      Running.untilStopped(console());
    }
  }

  private static OptionalInt optional(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
