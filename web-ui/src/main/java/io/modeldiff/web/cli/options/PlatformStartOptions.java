package io.modeldiff.web.cli.options;

import io.modeldiff.core.platform.PlatformOptions;
import io.modeldiff.core.store.CassandraEndpoint;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The platform that a command starts in its own process. */
public final class PlatformStartOptions {
  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--cassandra",
      paramLabel = "HOST:PORT",
      description =
          "Keep the journal in this Cassandra (default: an embedded one in the data directory).")
  private @Nullable String cassandra;

  @Option(
      names = "--datacenter",
      paramLabel = "NAME",
      defaultValue = "datacenter1",
      description = "The external Cassandra's local data centre (default: datacenter1).")
  private String datacenter = "datacenter1";

  /** How to start it. */
  public PlatformOptions options() {
    return options(data.directory());
  }

  /** How to start it on another data directory. */
  public PlatformOptions options(Path directory) {
    PlatformOptions local = PlatformOptions.local(directory);
    return cassandra == null
        ? local
        : local.withCassandra(CassandraEndpoint.parse(cassandra, datacenter)).withCreateSchema(1);
  }
}
