package io.modeldiff.web.cli.campaign;

import io.modeldiff.web.service.CampaignControl.Standing;
import io.modeldiff.web.service.CampaignControl.Storage;
import io.modeldiff.web.service.CampaignService.HistoryEntry;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Where campaigns stand, for people. */
final class StandingText {
  private StandingText() {}

  /** One line each, newest last. */
  static String table(List<Standing> all) {
    if (all.isEmpty()) {
      return "No campaigns yet; start one with 'modeldiff campaign start'.\n";
    }
    StringBuilder out = new StringBuilder();
    line(
        out,
        "%-14s %-20s %-10s %8s %22s %5s  %s",
        "id",
        "model",
        "phase",
        "rounds",
        "evaluations",
        "",
        "");
    for (Standing s : all) {
      line(
          out,
          "%-14s %-20s %-10s %,8d %22s %4.0f%%  %s",
          s.id(),
          s.model(),
          s.phase().word(),
          s.round(),
          String.format(Locale.ROOT, "%,.0f of %,d", s.evaluations(), s.budget()),
          100 * s.progress(),
          remark(s));
    }
    return out.toString();
  }

  private static String remark(Standing s) {
    if (s.failure() != null) {
      return s.failure();
    }
    return s.waiting() != null ? s.waiting() : s.stoppedBy() != null ? s.stoppedBy() : "";
  }

  /** Everything about one. */
  static String details(Standing s) {
    StringBuilder out = new StringBuilder();
    line(out, "Campaign     %s", s.id());
    line(out, "Model        %s (%s)", s.model(), s.spec().model().path());
    line(out, "Space        %s, Z %s", s.spec().space(), s.spec().z());
    line(out, "Phase        %s%s", s.phase().word(), remark(s).isEmpty() ? "" : ": " + remark(s));
    line(out, "Rounds       %,d", s.round());
    line(
        out, "Evaluations  %,.0f of %,d (%.0f%%)", s.evaluations(), s.budget(), 100 * s.progress());
    if (s.evaluationsPerSecond() != null) {
      line(out, "Speed        %,.0f evaluations/s%s", s.evaluationsPerSecond(), left(s));
    }
    if (s.modelShare() != null) {
      line(out, "Model calls  %.0f%% of a round's time", 100 * s.modelShare());
    }
    if (!s.workers().isEmpty()) {
      line(out, "Workers      %s", String.join(", ", s.workers()));
    }
    if (s.clonedFrom() != null) {
      line(out, "Cloned from  %s", s.clonedFrom());
    }
    Storage storage = s.storage();
    if (storage != null) {
      line(
          out,
          "History      %,d events, about %s now, about %s at the end of the budget",
          storage.events(),
          bytes(storage.bytes()),
          bytes(storage.bytesAtEnd()));
    }
    List<HistoryEntry> history = s.history();
    if (history != null) {
      for (HistoryEntry e : history) {
        line(
            out,
            "%s  %s %s%s",
            e.at().truncatedTo(ChronoUnit.SECONDS),
            e.who(),
            e.what(),
            e.why().isEmpty() ? "" : ": " + e.why());
      }
    }
    return out.toString();
  }

  private static String left(Standing s) {
    Double eta = s.etaSeconds();
    return eta == null ? "" : String.format(Locale.ROOT, ", about %,.0f s left", eta);
  }

  static String bytes(long bytes) {
    if (bytes < 1 << 20) {
      return String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
    }
    return bytes < 1 << 30
        ? String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20))
        : String.format(Locale.ROOT, "%.2f GiB", bytes / (double) (1 << 30));
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }
}
