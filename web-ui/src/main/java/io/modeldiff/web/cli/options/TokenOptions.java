package io.modeldiff.web.cli.options;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who asks a running platform. */
final class TokenOptions {
  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "API token for a platform with users (default: $MODELDIFF_TOKEN).")
  private @Nullable String token;

  /** The token, or null for none. */
  @Nullable String secret() {
    return token == null ? System.getenv("MODELDIFF_TOKEN") : token;
  }
}
