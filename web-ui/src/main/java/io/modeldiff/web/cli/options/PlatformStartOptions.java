package io.modeldiff.web.cli.options;

import io.modeldiff.core.error.UserException;
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

  @Option(
      names = "--create-schema",
      paramLabel = "RF",
      description =
          "Create what the external Cassandra lacks of the schema, with so many replicas (default:"
              + " an operator has run schema.cql).")
  private @Nullable Integer createSchema;

  /** How to start it. */
  public PlatformOptions options() {
    return options(data.directory());
  }

  /** How to start it on another data directory. */
  public PlatformOptions options(Path directory) {
    PlatformOptions local = PlatformOptions.local(directory);
    if (cassandra == null) {
      if (createSchema != null) {
        throw UserException.badInput(
            "--create-schema is for an external Cassandra (--cassandra HOST:PORT); the embedded one"
                + " gets its schema by itself.");
      }
      return local;
    }
    PlatformOptions external = local.withCassandra(CassandraEndpoint.parse(cassandra, datacenter));
    if (createSchema == null) {
      return external;
    }
    if (createSchema < 1) {
      throw UserException.badInput(
          "--create-schema must be a number of replicas, at least 1, but was "
              + createSchema
              + ".");
    }
    return external.withCreateSchema(createSchema);
  }
}
