package io.modeldiff.analysis.diagnostics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a result may be relied upon, criterion by criterion.
 *
 * <p>Swap rates and round trips look healthy while log Z is wrong by nats; what detects failure is
 * R̂ of the energy over lanes at the rungs that matter, and the agreement of independent estimates
 * of log Z. A campaign is converged only if every criterion that was asked for holds.
 *
 * @param criteria all criteria, in order of importance
 */
public record Verdict(List<Criterion> criteria) {
  /** R̂ below this counts as mixed. */
  public static final double R_HAT_LIMIT = 1.05;

  private static final Set<String> MIXING = Set.of("rHat", "replicates");

  public Verdict {
    criteria = List.copyOf(criteria);
  }

  /** What became of a criterion. */
  public enum Status {
    HOLDS,
    FAILS,
    /** Nothing to check it by; does not stand against convergence, but is said. */
    NOT_CHECKED
  }

  /**
   * One criterion.
   *
   * @param name stable key, such as {@code rHat} or {@code closure}
   * @param sentence what was found, in words
   */
  public record Criterion(String name, Status status, String sentence) {}

  /** Whether no criterion fails, and mixing or the agreement of replicates was checked. */
  public boolean converged() {
    return criteria.stream().noneMatch(c -> c.status() == Status.FAILS)
        && criteria.stream().anyMatch(c -> MIXING.contains(c.name()) && c.status() == Status.HOLDS);
  }

  /** The criteria that fail. */
  public List<Criterion> failures() {
    return criteria.stream().filter(c -> c.status() == Status.FAILS).toList();
  }

  /** One sentence to show as loudly as a result. */
  public String headline() {
    if (converged()) {
      return "Converged: all checks that could be made hold.";
    }
    List<Criterion> failed = failures();
    return failed.isEmpty()
        ? "Not converged: mixing could not be checked."
        : "NOT CONVERGED: " + String.join(" ", failed.stream().map(Criterion::sentence).toList());
  }

  /** Starts an empty list of checks. */
  public static Builder builder() {
    return new Builder();
  }

  /** Gathers criteria. */
  public static final class Builder {
    private final List<Criterion> criteria = new ArrayList<>();

    private Builder() {}

    private Builder add(String name, Status status, String format, Object... arguments) {
      criteria.add(new Criterion(name, status, String.format(Locale.ROOT, format, arguments)));
      return this;
    }

    private static Status status(boolean holds) {
      return holds ? Status.HOLDS : Status.FAILS;
    }

    /** R̂ of the energy over lanes, per β that matters (near β*). */
    public Builder rHat(Map<Double, Double> byBeta) {
      if (byBeta.isEmpty()) {
        return add("rHat", Status.NOT_CHECKED, "R-hat was not computed: there are too few rounds.");
      }
      Map.Entry<Double, Double> worst = null;
      for (Map.Entry<Double, Double> e : byBeta.entrySet()) {
        // NaN (chains that never move, or too few of them) sorts above every number.
        if (worst == null || Double.compare(e.getValue(), worst.getValue()) > 0) {
          worst = e;
        }
      }
      double value = java.util.Objects.requireNonNull(worst).getValue();
      if (Double.isNaN(value)) {
        return add(
            "rHat",
            Status.FAILS,
            "R-hat of the energy cannot be computed at beta = %.3g: the chains do not move.",
            worst.getKey());
      }
      return add(
          "rHat",
          status(value < R_HAT_LIMIT),
          "R-hat of the energy over lanes is %.3f at beta = %.3g (must be below %.2f).",
          value,
          worst.getKey(),
          R_HAT_LIMIT);
    }

    /**
     * Whether independent replicates, which have no traces to mix, carry the estimates together.
     */
    public Builder replicates(boolean carried) {
      return add(
          "replicates",
          status(carried),
          carried
              ? "At least half of the independent replicates carry log Z at every beta of the pilot."
              : "A few replicates carry the estimates: log Z cannot be told from them alone.");
    }

    /** log Z by replica exchange minus by SMC, per β. */
    public Builder smcAgreement(Map<Double, Discrepancy> byBeta) {
      if (byBeta.isEmpty()) {
        return add(
            "smcAgreement", Status.NOT_CHECKED, "There is no SMC estimate to compare log Z with.");
      }
      Map.Entry<Double, Discrepancy> worst = null;
      for (Map.Entry<Double, Discrepancy> e : byBeta.entrySet()) {
        if (worst == null || badness(e.getValue()) > badness(worst.getValue())) {
          worst = e;
        }
      }
      Discrepancy d = java.util.Objects.requireNonNull(worst).getValue();
      return add(
          "smcAgreement",
          status(d.agrees()),
          "log Z and an independent SMC estimate of it differ by %.3f nats at beta = %.3g (%s; at most 3).",
          d.value(),
          worst.getKey(),
          sigmas(d));
    }

    private static double badness(Discrepancy d) {
      Double s = d.sigmas();
      return s == null ? (d.agrees() ? 0 : Double.POSITIVE_INFINITY) : s;
    }

    private static String sigmas(Discrepancy d) {
      Double s = d.sigmas();
      return s == null
          ? "without a standard error"
          : String.format(Locale.ROOT, "%.1f standard errors", s);
    }

    /** Closure at β = 0; null where the ladder does not reach it. */
    public Builder closure(@Nullable Discrepancy d) {
      return d == null
          ? add("closure", Status.NOT_CHECKED, "The ladder has no rung at beta = 0 to close at.")
          : add(
              "closure",
              status(d.agrees()),
              "log Z(0) - log Z(1) misses the log number of inputs by %.3f nats (%s; at most 3).",
              d.value(),
              sigmas(d));
    }

    /** Smallest effective sample size over the D bins of interest. */
    public Builder binEss(double smallest) {
      return add(
          "binEss",
          status(smallest >= 50),
          "The thinnest D bin of interest has %.0f effective samples (at least 50).",
          smallest);
    }

    /** Relative error reached; null where no error could be estimated. */
    public Builder targetError(@Nullable Double reached, double target) {
      return reached == null
          ? add("targetError", Status.FAILS, "A term has no error bar: too few samples were seen.")
          : add(
              "targetError",
              status(reached <= target),
              "The largest relative error of the terms is %.1f%% (target %.1f%%).",
              100 * reached,
              100 * target);
    }

    /** Findings of {@link PhaseChange}; any of them stands against convergence. */
    public Builder phaseChange(List<String> findings) {
      return findings.isEmpty()
          ? add("phaseChange", Status.HOLDS, "The mean NLL falls smoothly along the ladder.")
          : add("phaseChange", Status.FAILS, "%s", String.join(" ", findings));
    }

    public Verdict build() {
      return new Verdict(criteria);
    }
  }
}
