package io.modeldiff.web.compare;

import io.modeldiff.analysis.comparison.ComparisonResult;
import io.modeldiff.analysis.comparison.CountEstimate;
import io.modeldiff.analysis.comparison.Histogram;
import io.modeldiff.analysis.history.CampaignRecord;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The JSON document of a comparison, as scripts rely on it. */
public record ComparisonDocument(
    String comparison,
    Campaigns campaigns,
    Evaluations evaluations,
    Sampling sampling,
    @Nullable String stoppedBy,
    Count countA,
    Count countB,
    Count countAB,
    Terms terms,
    Ratio ratio,
    Bins histogramAB,
    Bins histogramBA,
    Bins rhoA,
    Bins rhoB,
    Checks checks,
    List<String> remarks) {

  /** Ids of the two campaigns. */
  public record Campaigns(String A, String B) {}

  /**
   * How both sides were sampled, as chosen by the user or by default.
   *
   * @param rounds counted rounds of A and of B
   * @param ladderA inverse temperatures; empty where there is no ladder
   */
  public record Sampling(
      String method,
      String kernels,
      int lanes,
      int movesPerRound,
      long budget,
      @Nullable Double targetError,
      long seed,
      long[] rounds,
      double[] ladderA,
      double[] ladderB) {
    static Sampling of(CampaignRecord a, CampaignRecord b) {
      CampaignSpec s = a.spec();
      return new Sampling(
          s.method().word(),
          s.kernels().stream()
              .map(k -> k.weight() == 1 ? k.kernel() : k.kernel() + ":" + k.weight())
              .collect(Collectors.joining(",")),
          s.lanes(),
          s.movesPerRound(),
          s.evaluations(),
          s.targetError(),
          s.seed(),
          new long[] {a.countedRounds(), b.countedRounds()},
          ladder(a),
          ladder(b));
    }

    private static double[] ladder(CampaignRecord campaign) {
      Schedule schedule = campaign.schedule();
      return schedule == null ? new double[0] : schedule.betas();
    }
  }

  /** Full-sequence-equivalent forward passes. */
  public record Evaluations(double A, double B, double cross) {}

  /**
   * A number of inputs.
   *
   * @param log10 null when the count is 0 or nothing was observed
   * @param relSe relative standard error, null when unknown
   * @param upperLog10 95% upper bound of an unobserved count, else null
   */
  public record Count(
      @Nullable Double log10,
      @Nullable Double relSe,
      @Nullable Double low10,
      @Nullable Double high10,
      @Nullable Double upperLog10,
      double ess,
      int lanes) {
    static Count of(CountEstimate e) {
      return new Count(
          e.log10(),
          e.relSe(),
          ten(e.logLow()),
          ten(e.logHigh()),
          e.upperLog10(),
          e.ess(),
          e.lanes());
    }

    private static @Nullable Double ten(@Nullable Double natural) {
      return natural == null ? null : natural / Math.log(10);
    }
  }

  /** The four terms of Model-diff's Table 1. */
  public record Terms(Count pdAB, Count paAB, Count paBA, Count pdBA) {}

  /** PD_AB : PA_AB : PA_BA : PD_BA under the three normalisations. */
  public record Ratio(
      List<@Nullable Double> pooled,
      List<@Nullable Double> pooledSe,
      List<@Nullable Double> absolute,
      List<@Nullable Double> absoluteSe,
      List<@Nullable Double> r3,
      List<@Nullable Double> r3Se) {}

  /** A histogram of counts. */
  public record Bins(
      double[] edges,
      List<@Nullable Double> log10,
      List<@Nullable Double> relSe,
      List<Double> ess) {
    static Bins of(Histogram h) {
      List<@Nullable Double> log10 = new ArrayList<>();
      List<@Nullable Double> relSe = new ArrayList<>();
      List<Double> ess = new ArrayList<>();
      for (CountEstimate bin : h.bins()) {
        log10.add(bin.log10());
        relSe.add(bin.relSe());
        ess.add(bin.ess());
      }
      return new Bins(h.edges(), log10, relSe, ess);
    }
  }

  /** A checked quantity and its standard error. */
  public record Check(@Nullable Double value, @Nullable Double se) {}

  /** Whether the result may be trusted. */
  public record Checks(
      @Nullable Check closure,
      @Nullable Check smcAgreement,
      @Nullable Double rHatMax,
      boolean converged,
      List<String> verdict) {}

  /** The document of an outcome. */
  public static ComparisonDocument of(Outcome outcome, Checks checks) {
    ComparisonResult r = outcome.result();
    CampaignRecord a = outcome.a().campaign();
    CampaignRecord b = outcome.b().campaign();
    int length = a.spec().space().length();
    return new ComparisonDocument(
        outcome.comparison().comparison(),
        new Campaigns(a.campaign(), b.campaign()),
        new Evaluations(
            (double) a.positions() / length,
            (double) b.positions() / length,
            outcome.a().input().extent().scored() + outcome.b().input().extent().scored()),
        Sampling.of(a, b),
        stoppedBy(a, b),
        Count.of(r.countA()),
        Count.of(r.countB()),
        Count.of(r.countAB()),
        new Terms(
            Count.of(r.terms().pdAB()),
            Count.of(r.terms().paAB()),
            Count.of(r.terms().paBA()),
            Count.of(r.terms().pdBA())),
        ratio(r),
        Bins.of(r.histogramAB()),
        Bins.of(r.histogramBA()),
        Bins.of(r.rhoA()),
        Bins.of(r.rhoB()),
        checks,
        r.remarks());
  }

  private static @Nullable String stoppedBy(CampaignRecord a, CampaignRecord b) {
    if (a.stoppedBy() == null || b.stoppedBy() == null) {
      return null;
    }
    String first = word(a.stoppedBy().name());
    String second = word(b.stoppedBy().name());
    return first.equals(second) ? first : first + "," + second;
  }

  private static String word(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Ratio ratio(ComparisonResult r) {
    return new Ratio(
        values(r.pooled()), errors(r.pooled()),
        values(r.absolute()), errors(r.absolute()),
        values(r.r3()), errors(r.r3()));
  }

  private static List<@Nullable Double> values(ComparisonResult.Ratio ratio) {
    List<@Nullable Double> out = new ArrayList<>();
    ratio.terms().forEach(t -> out.add(t.value()));
    return out;
  }

  private static List<@Nullable Double> errors(ComparisonResult.Ratio ratio) {
    List<@Nullable Double> out = new ArrayList<>();
    ratio.terms().forEach(t -> out.add(t.se()));
    return out;
  }

  /** The four terms in the order of the paper. */
  public List<Count> fourTerms() {
    return Arrays.asList(terms.pdAB(), terms.paAB(), terms.paBA(), terms.pdBA());
  }
}
