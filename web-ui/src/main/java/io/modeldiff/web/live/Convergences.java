package io.modeldiff.web.live;

import io.modeldiff.analysis.diagnostics.Verdict;
import io.modeldiff.web.service.CampaignService.Check;
import io.modeldiff.web.service.CampaignService.Convergence;
import io.modeldiff.web.service.CampaignService.Rung;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether a campaign's chains agree, in words. */
final class Convergences {
  private Convergences() {}

  static Convergence of(List<Rung> rungs) {
    Map<Double, Double> rHat = new TreeMap<>();
    for (Rung rung : rungs) {
      Double value = rung.rHat();
      if (value != null) {
        rHat.put(rung.beta(), value);
      }
    }
    if (rHat.isEmpty()) {
      return new Convergence(
          null, "Too early to say: the chains are still too short to be compared.", List.of());
    }
    Verdict verdict = Verdict.builder().rHat(rHat).build();
    List<Check> checks = new ArrayList<>();
    double worst = rHat.values().stream().mapToDouble(v -> v).max().orElse(Double.NaN);
    for (Verdict.Criterion c : verdict.criteria()) {
      checks.add(
          new Check(
              c.name(),
              worst,
              Verdict.R_HAT_LIMIT,
              c.status() == Verdict.Status.HOLDS,
              c.sentence()));
    }
    return new Convergence(verdict.converged(), verdict.headline(), checks);
  }
}
