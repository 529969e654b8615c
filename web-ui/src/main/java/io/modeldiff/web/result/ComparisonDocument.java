package io.modeldiff.web.result;

import io.modeldiff.analysis.comparison.ComparisonResult;
import io.modeldiff.analysis.comparison.ComparisonResult.RatioTerm;
import io.modeldiff.analysis.comparison.StageTwo;
import io.modeldiff.analysis.history.CampaignRecord;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.analysis.history.Convergence;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.SamplingMethod;
import io.modeldiff.core.campaign.Schedule;
import io.modeldiff.core.comparison.ComparisonSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON document of a comparison, as scripts rely on it; what API and pages show is the same.
 *
 * @param comparison id
 * @param headline the result in one sentence
 * @param models names of both
 * @param length N, tokens
 * @param z Z, nats per token
 * @param lambda λ of the terms, nats per token
 * @param bin width of histograms and sweeps, nats per token
 * @param complete whether everything that counts is sampled and scored; a live result is not
 * @param jointlyPooled whether samples were pooled anywhere in X_A ∪ X_B rather than in R3 only
 * @param campaigns ids
 * @param evaluations what it cost
 * @param sampling how both sides were sampled
 * @param stoppedBy which criterion ended the sampling; null while it runs
 * @param countA |X_A|
 * @param countB |X_B|
 * @param countAB |X_A ∩ X_B| (R3)
 * @param terms the four terms at λ (Model-diff, Table 1)
 * @param shares PD_AB/|X_A|, PA_AB/|X_A|, PA_BA/|X_B|, PD_BA/|X_B|
 * @param ties inputs with D = 0
 * @param overlap R3 as a part of each set
 * @param ratio PD_AB : PA_AB : PA_BA : PD_BA under three normalisations
 * @param range smallest and largest D seen
 * @param histogramAB ρ_{A→B}(D) over X_A
 * @param histogramBA ρ_{B→A}(D) over X_B
 * @param rhoA ρ_A(z) over Z
 * @param rhoB ρ_B(z) over Z
 * @param sweep the terms by λ
 * @param upperEdges the terms if Z ended earlier: the effect of its upper edge
 * @param byReference B's terms by way of A and the overlap (eq. 16); null where R3 is too thin
 * @param bridge what rungs between the models measured; null where none was asked for
 * @param ladders what each campaign found by β, to choose Z by
 * @param checks whether to trust it
 * @param remarks what a reader must know, in words
 * @param stageTwo shares by the paper's second stage; null for all methods but the paper's
 */
public record ComparisonDocument(
    String comparison,
    String headline,
    Names models,
    int length,
    List<Double> z,
    double lambda,
    double bin,
    boolean complete,
    boolean jointlyPooled,
    Names campaigns,
    Evaluations evaluations,
    Sampling sampling,
    @Nullable String stoppedBy,
    Count countA,
    Count countB,
    Count countAB,
    Terms terms,
    Shares shares,
    Ties ties,
    Overlap overlap,
    Ratio ratio,
    Ranges range,
    Bins histogramAB,
    Bins histogramBA,
    Bins rhoA,
    Bins rhoB,
    Sweep sweep,
    Sweep upperEdges,
    @Nullable ByReference byReference,
    @Nullable Bridge bridge,
    Ladders ladders,
    ResultChecks checks,
    List<String> remarks,
    @Nullable StageTwo stageTwo) {

  /** One name or id per side. */
  public record Names(String A, String B) {}

  /** Full-sequence-equivalent forward passes. */
  public record Evaluations(double A, double B, double cross) {}

  /**
   * How both sides were sampled, as chosen by the user or by default.
   *
   * @param rounds counted rounds of A and of B
   * @param replicates independent replicates that count, of A and of B; 0 where rounds do
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
      List<Long> rounds,
      List<Long> replicates,
      List<Double> ladderA,
      List<Double> ladderB) {
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
          List.of(a.countedRounds(), b.countedRounds()),
          List.of(replicates(a), replicates(b)),
          ladder(a),
          ladder(b));
    }

    private static long replicates(CampaignRecord campaign) {
      return campaign.replicates().stream().filter(CampaignRecord.Replicate::kept).count();
    }

    private static List<Double> ladder(CampaignRecord campaign) {
      Schedule schedule = campaign.schedule();
      return schedule == null || campaign.byReplicates()
          ? List.of()
          : Arrays.stream(schedule.betas()).boxed().toList();
    }
  }

  /** The four terms of Model-diff's Table 1. */
  public record Terms(Count pdAB, Count paAB, Count paBA, Count pdBA) {
    static Terms of(ComparisonResult.Terms t) {
      return new Terms(
          Count.of(t.pdAB()), Count.of(t.paAB()), Count.of(t.paBA()), Count.of(t.pdBA()));
    }
  }

  /**
   * A part of a whole.
   *
   * @param value 0..1; null where nothing was observed
   * @param se standard error, of value; null where unknown
   * @param low lower end of the 95% interval
   * @param high upper end, at most 1
   */
  public record Share(
      @Nullable Double value, @Nullable Double se, @Nullable Double low, @Nullable Double high) {
    static Share of(RatioTerm t) {
      Double high = t.high();
      return new Share(t.value(), t.se(), t.low(), high == null ? null : Math.min(1, high));
    }
  }

  /** The terms as parts of their sets. */
  public record Shares(Share pdAB, Share paAB, Share paBA, Share pdBA) {}

  /** Inputs that both models find equally likely. */
  public record Ties(Count AB, Count BA) {}

  /** |X_A ∩ X_B| / |X_A| and / |X_B|. */
  public record Overlap(Share ofA, Share ofB) {}

  /** [smallest, largest] D that any sample showed; entries null without samples. */
  public record Ranges(List<@Nullable Double> AB, List<@Nullable Double> BA) {}

  /** Eq. 16. */
  public record ByReference(Count paBA, Count pdBA) {}

  /** Rungs of both campaigns. */
  public record Ladders(List<Rung> A, List<Rung> B) {
    /** Samples of both sides together. */
    public long samples() {
      return Stream.concat(A.stream(), B.stream()).mapToLong(Rung::samples).sum();
    }
  }

  /**
   * PD_AB : PA_AB : PA_BA : PD_BA under the three normalisations. Entries are null where they
   * cannot be estimated.
   *
   * @param absoluteSigmas distance of absolute from pooled, in standard errors of the difference
   * @param r3Sigmas distance of R3 from pooled, likewise
   */
  public record Ratio(
      List<@Nullable Double> pooled,
      List<@Nullable Double> pooledSe,
      List<@Nullable Double> absolute,
      List<@Nullable Double> absoluteSe,
      List<@Nullable Double> r3,
      List<@Nullable Double> r3Se,
      List<@Nullable Double> absoluteSigmas,
      List<@Nullable Double> r3Sigmas) {}

  /** The document of an outcome. */
  public static ComparisonDocument of(Outcome outcome) {
    ComparisonResult r = outcome.result();
    CampaignRecord a = outcome.a().campaign();
    CampaignRecord b = outcome.b().campaign();
    ComparisonSpec spec = outcome.comparison().spec();
    int length = spec.space().length();
    Convergence checkedA = Convergence.of(outcome.a(), r);
    Convergence checkedB = Convergence.of(outcome.b(), r);
    return new ComparisonDocument(
        outcome.comparison().comparison(),
        Headline.of(a.spec().model().name(), b.spec().model().name(), r),
        new Names(a.spec().model().name(), b.spec().model().name()),
        length,
        List.of(spec.z().low(), spec.z().high()),
        outcome.asked().lambda(),
        outcome.asked().binWidth(),
        outcome.comparison().complete(),
        r.jointlyPooled(),
        new Names(a.campaign(), b.campaign()),
        new Evaluations(
            (double) a.positions() / length,
            (double) b.positions() / length,
            outcome.a().input().extent().scored() + outcome.b().input().extent().scored()),
        Sampling.of(a, b),
        stoppedBy(a, b),
        Count.of(r.countA()),
        Count.of(r.countB()),
        Count.of(r.countAB()),
        Terms.of(r.terms()),
        new Shares(
            Share.of(r.shares().pdAB()),
            Share.of(r.shares().paAB()),
            Share.of(r.shares().paBA()),
            Share.of(r.shares().pdBA())),
        new Ties(Count.of(r.tiesAB()), Count.of(r.tiesBA())),
        new Overlap(Share.of(r.overlapOfA()), Share.of(r.overlapOfB())),
        ratio(r),
        new Ranges(range(r.rangeAB()), range(r.rangeBA())),
        Bins.of(r.histogramAB()),
        Bins.of(r.histogramBA()),
        Bins.of(r.rhoA()),
        Bins.of(r.rhoB()),
        Sweep.of(r.sweep()),
        Sweep.of(r.upperEdges()),
        byReference(r),
        null,
        new Ladders(Rung.of(outcome.a(), checkedA), Rung.of(outcome.b(), checkedB)),
        ResultChecks.of(checkedA, checkedB),
        r.remarks(),
        a.spec().method() == SamplingMethod.PAPER
            ? StageTwo.of(outcome.a().input(), outcome.b().input(), outcome.asked())
            : null);
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

  private static List<@Nullable Double> range(ComparisonResult.DifferenceRange range) {
    List<@Nullable Double> ends = new ArrayList<>();
    ends.add(range.min());
    ends.add(range.max());
    return ends;
  }

  private static @Nullable ByReference byReference(ComparisonResult r) {
    ComparisonResult.ByReference by = r.byReference();
    return by == null ? null : new ByReference(Count.of(by.paBA()), Count.of(by.pdBA()));
  }

  private static Ratio ratio(ComparisonResult r) {
    return new Ratio(
        values(r.pooled()),
        errors(r.pooled()),
        values(r.absolute()),
        errors(r.absolute()),
        values(r.r3()),
        errors(r.r3()),
        r.absolute().disagreement(),
        r.r3().disagreement());
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

  /** The same with what a bridge measured. */
  public ComparisonDocument with(Bridge measured) {
    return new ComparisonDocument(
        comparison,
        headline,
        models,
        length,
        z,
        lambda,
        bin,
        complete,
        jointlyPooled,
        campaigns,
        evaluations,
        sampling,
        stoppedBy,
        countA,
        countB,
        countAB,
        terms,
        shares,
        ties,
        overlap,
        ratio,
        range,
        histogramAB,
        histogramBA,
        rhoA,
        rhoB,
        sweep,
        upperEdges,
        byReference,
        measured,
        ladders,
        checks,
        remarks,
        stageTwo);
  }

  /** The four terms in the order of the paper. */
  public List<Count> fourTerms() {
    return List.of(terms.pdAB(), terms.paAB(), terms.paBA(), terms.pdBA());
  }
}
