package io.modeldiff.web.compare;

import io.modeldiff.analysis.comparison.ComparisonResult.RatioTerm;
import io.modeldiff.replica.campaign.CampaignView;
import java.util.List;
import java.util.Locale;

/** A comparison's progress in a few words. */
public final class CompareProgress {
  private CompareProgress() {}

  /** Phases, rounds and the present ratio with its errors. */
  public static String words(CompareRun.Progress p) {
    StringBuilder words = new StringBuilder();
    words.append(one("A", p.a())).append(", ").append(one("B", p.b()));
    if (p.comparison().samples() > 0) {
      words.append(String.format(Locale.ROOT, ", %,d cross-scored", p.comparison().samples()));
    }
    if (p.live() != null) {
      words.append(", ratio ").append(ratio(p.live().result().pooled().terms()));
    }
    return words.toString();
  }

  private static String one(String name, CampaignView view) {
    if (view.waiting() != null) {
      return name + " waits: " + view.waiting();
    }
    if (view.phase() == null) {
      return name + " pilot";
    }
    String words =
        String.format(
            Locale.ROOT,
            "%s %s round %,d",
            name,
            view.phase().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            view.round());
    double share = view.speed().modelShare();
    return share > 0
        ? words + String.format(Locale.ROOT, " (%.0f%% in the model)", 100 * share)
        : words;
  }

  private static String ratio(List<RatioTerm> terms) {
    StringBuilder s = new StringBuilder("1");
    for (RatioTerm t : terms.subList(1, terms.size())) {
      s.append(" : ")
          .append(t.value() == null ? "?" : String.format(Locale.ROOT, "%.3f", t.value()));
      if (t.se() != null) {
        s.append(String.format(Locale.ROOT, "±%.3f", t.se()));
      }
    }
    return s.toString();
  }
}
