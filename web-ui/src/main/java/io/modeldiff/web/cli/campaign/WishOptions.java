package io.modeldiff.web.cli.campaign;

import io.modeldiff.web.service.CampaignControl;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Why something is asked for. */
final class WishOptions {
  @Option(
      names = "--why",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "The reason, kept in the campaign's history.")
  private String why = "";

  @Option(
      names = "--request-id",
      paramLabel = "ID",
      description = "The same id asks for the same change: sent twice, it happens once.")
  private @Nullable String requestId;

  CampaignControl.Wish wish() {
    return new CampaignControl.Wish(
        why, requestId == null ? UUID.randomUUID().toString() : requestId);
  }
}
