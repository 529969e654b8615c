package io.modeldiff.web.live;

import io.modeldiff.analysis.diagnostics.ChainDiagnostics;
import io.modeldiff.analysis.resampling.LaneGroups;
import io.modeldiff.analysis.reweighting.CampaignWeights;
import io.modeldiff.analysis.reweighting.EnergyCounts;
import io.modeldiff.analysis.reweighting.Rungs;
import io.modeldiff.analysis.reweighting.TemperingWeights;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.MoveCounts;
import io.modeldiff.core.campaign.ReplicaEvent.ReplicaAdvanced;
import io.modeldiff.web.result.Bins;
import io.modeldiff.web.service.CampaignService.Rung;
import io.modeldiff.web.service.CampaignService.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the replicas of one campaign say about each rung of the ladder in force: every round has
 * each lane once at each rung, so that a lane's energies at a rung are one chain.
 */
final class RungReadings {
  private static final int SHORTEST_CHAIN = 8;
  private static final int MOST_POINTS = 400;
  private static final int TREND_POINTS = 40;

  private final CampaignSpec spec;
  private final double[] betas;
  private final int ladder;
  private final long samplingFrom;
  private final int rounds;
  // [rung][lane][round − samplingFrom], NaN where not read.
  private final double[][][] energy;
  private final long[] proposed;
  private final long[] accepted;
  private final List<Series> paths = new ArrayList<>();
  private @Nullable CampaignWeights solved;

  RungReadings(CampaignSpec spec, double[] betas, int ladder, long samplingFrom, long rounds) {
    this.spec = spec;
    this.betas = betas;
    this.ladder = ladder;
    this.samplingFrom = samplingFrom;
    this.rounds = (int) Math.max(0, rounds - samplingFrom);
    this.energy = new double[betas.length][spec.lanes()][this.rounds];
    for (double[][] lanes : energy) {
      for (double[] chain : lanes) {
        Arrays.fill(chain, Double.NaN);
      }
    }
    this.proposed = new long[betas.length];
    this.accepted = new long[betas.length];
  }

  /** Adds one replica's rounds, in order. */
  void add(int replica, List<ReplicaAdvanced> events) {
    List<Long> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (ReplicaAdvanced e : events) {
      int at = (int) (e.round() - samplingFrom);
      if (e.ladder() != ladder || at < 0 || at >= rounds) {
        continue;
      }
      for (int lane = 0; lane < e.energies().length; lane++) {
        energy[e.rung()[lane]][lane][at] = e.energies()[lane];
      }
      for (MoveCounts moves : e.moves()) {
        for (int i = 0; i < moves.rung().length; i++) {
          proposed[moves.rung()[i]] += moves.proposed()[i];
          accepted[moves.rung()[i]] += moves.accepted()[i];
        }
      }
      x.add(e.round());
      y.add((double) e.rung()[0]);
    }
    paths.add(thin(new Series("replica " + (replica + 1) + ", lane 1", x, y)));
  }

  private static Series thin(Series series) {
    int step = Math.max(1, series.x().size() / MOST_POINTS);
    int[] kept = IntStream.range(0, series.x().size()).filter(i -> i % step == 0).toArray();
    return new Series(
        series.name(),
        Arrays.stream(kept).mapToObj(i -> series.x().get(i)).toList(),
        Arrays.stream(kept).mapToObj(i -> series.y().get(i)).toList());
  }

  List<Series> paths() {
    return paths;
  }

  /** z of lane 1 at every rung. */
  List<Series> traces() {
    List<Series> traces = new ArrayList<>();
    for (int k = 0; k < betas.length; k++) {
      List<Long> x = new ArrayList<>();
      List<Double> y = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        if (!Double.isNaN(energy[k][0][i])) {
          x.add(samplingFrom + i);
          y.add(energy[k][0][i] / spec.space().scored());
        }
      }
      traces.add(
          thin(new Series(String.format(java.util.Locale.ENGLISH, "β = %.3g", betas[k]), x, y)));
    }
    return traces;
  }

  /**
   * Diagnostics per rung.
   *
   * @param rejection [pair] mean swap rejection
   */
  List<Rung> rungs(double[] rejection) {
    List<Rung> rungs = new ArrayList<>();
    for (int k = 0; k < betas.length; k++) {
      ChainDiagnostics chains = diagnostics(k);
      rungs.add(
          new Rung(
              betas[k],
              k < rejection.length ? rejection[k] : null,
              proposed[k] == 0 ? null : accepted[k] / (double) proposed[k],
              chains == null ? null : finite(chains.rHat()),
              chains == null ? null : finite(chains.essBulk()),
              chains == null ? null : finite(chains.essTail()),
              meanZ(k)));
    }
    return rungs;
  }

  private @Nullable ChainDiagnostics diagnostics(int rung) {
    boolean complete =
        rounds >= SHORTEST_CHAIN
            && Arrays.stream(energy[rung]).flatMapToDouble(Arrays::stream).noneMatch(Double::isNaN);
    return complete ? ChainDiagnostics.of(energy[rung]) : null;
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private @Nullable Double meanZ(int rung) {
    double mean =
        Arrays.stream(energy[rung])
            .flatMapToDouble(Arrays::stream)
            .filter(e -> !Double.isNaN(e))
            .average()
            .orElse(Double.NaN);
    return finite(mean / spec.space().scored());
  }

  /** Complete trips of lane 1 of all replicas from the first rung to the last and back. */
  long roundTrips() {
    long trips = 0;
    for (Series path : paths) {
      int seen = 0;
      for (double rung : path.y()) {
        if (seen == 0 && rung == 0 || seen == 2 && rung == 0) {
          trips += seen == 2 ? 1 : 0;
          seen = 1;
        } else if (seen == 1 && rung == betas.length - 1.0) {
          seen = 2;
        }
      }
    }
    return trips;
  }

  /** ρ(z) by MBAR over all rungs, its errors from the spread over lanes; null without samples. */
  @Nullable Bins rho() {
    if (rounds == 0 || betas.length == 0) {
      return null;
    }
    CampaignWeights weights = weights();
    solved = weights;
    double width = spec.bin();
    int n = spec.space().scored();
    int low = Integer.MAX_VALUE;
    int high = Integer.MIN_VALUE;
    for (double[][] lanes : energy) {
      for (double e : Arrays.stream(lanes).flatMapToDouble(Arrays::stream).toArray()) {
        if (!Double.isNaN(e)) {
          int bin = (int) Math.floor(e / n / width);
          low = Math.min(low, bin);
          high = Math.max(high, bin);
        }
      }
    }
    if (low > high) {
      return null;
    }
    double[][] logs = logsByLane(weights, low, high - low + 1);
    return curve(logs, low, width);
  }

  /**
   * Relative standard error of the number of inputs in Z, by the spread over lanes, had sampling
   * ended after so many counted rounds; under the weights of {@link #rho}, empty before them.
   */
  Series errorTrend() {
    List<Long> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    CampaignWeights weights = solved;
    double[][] logs = new double[spec.lanes()][1];
    for (double[] lane : logs) {
      Arrays.fill(lane, Double.NEGATIVE_INFINITY);
    }
    int every = Math.max(1, rounds / TREND_POINTS);
    for (int i = 0; weights != null && spec.lanes() > 1 && i < rounds; i++) {
      addRound(logs, weights, i);
      double total = total(logs, 0);
      if ((i + 1) % every == 0 && i + 1 >= SHORTEST_CHAIN && !Double.isInfinite(total)) {
        x.add(samplingFrom + i);
        y.add(spread(logs, 0, total));
      }
    }
    return new Series("relative standard error", x, y);
  }

  private void addRound(double[][] logs, CampaignWeights weights, int round) {
    for (double[][] lanes : energy) {
      for (int lane = 0; lane < lanes.length; lane++) {
        double e = lanes[lane][round];
        if (!Double.isNaN(e) && spec.z().contains(e / spec.space().scored())) {
          logs[lane][0] = add(logs[lane][0], weights.logWeight(e));
        }
      }
    }
  }

  private static double total(double[][] logs, int bin) {
    return Arrays.stream(logs)
        .mapToDouble(l -> l[bin])
        .reduce(Double.NEGATIVE_INFINITY, RungReadings::add);
  }

  private CampaignWeights weights() {
    EnergyCounts counts = new EnergyCounts(Rungs.of(betas), new LaneGroups(spec.lanes()));
    for (int k = 0; k < betas.length; k++) {
      for (int lane = 0; lane < spec.lanes(); lane++) {
        for (double e : energy[k][lane]) {
          if (!Double.isNaN(e)) {
            counts.add(lane, k, e);
          }
        }
      }
    }
    return TemperingWeights.solve(counts, spec.space().toSpace().logPartitionAtOne());
  }

  /** [lane][bin] log of the summed weights. */
  private double[][] logsByLane(CampaignWeights weights, int first, int bins) {
    double[][] logs = new double[spec.lanes()][bins];
    for (double[] row : logs) {
      Arrays.fill(row, Double.NEGATIVE_INFINITY);
    }
    int n = spec.space().scored();
    for (double[][] lanes : energy) {
      for (int lane = 0; lane < lanes.length; lane++) {
        for (double e : lanes[lane]) {
          if (!Double.isNaN(e)) {
            int bin = (int) Math.floor(e / n / spec.bin()) - first;
            logs[lane][bin] = add(logs[lane][bin], weights.logWeight(e));
          }
        }
      }
    }
    return logs;
  }

  private static double add(double a, double b) {
    double top = Math.max(a, b);
    return top == Double.NEGATIVE_INFINITY
        ? top
        : top + Math.log(Math.exp(a - top) + Math.exp(b - top));
  }

  private static Bins curve(double[][] logs, int first, double width) {
    int bins = logs[0].length;
    List<Double> edges = new ArrayList<>();
    List<@Nullable Double> log10 = new ArrayList<>();
    List<@Nullable Double> relSe = new ArrayList<>();
    List<Double> ess = new ArrayList<>();
    for (int i = 0; i <= bins; i++) {
      edges.add((first + i) * width);
    }
    for (int i = 0; i < bins; i++) {
      double total = total(logs, i);
      ess.add(effective(logs, i));
      log10.add(Double.isInfinite(total) ? null : (Double) (total / Math.log(10)));
      relSe.add(
          Double.isInfinite(total) || logs.length < 2 ? null : (Double) spread(logs, i, total));
    }
    return new Bins(edges, log10, relSe, ess);
  }

  /** How many lanes of equal weight the bin's lanes are worth. */
  private static double effective(double[][] logs, int bin) {
    double sum = Double.NEGATIVE_INFINITY;
    double squares = Double.NEGATIVE_INFINITY;
    for (double[] lane : logs) {
      sum = add(sum, lane[bin]);
      squares = add(squares, 2 * lane[bin]);
    }
    return Double.isInfinite(sum) ? 0 : Math.exp(2 * sum - squares);
  }

  private static double spread(double[][] logs, int bin, double total) {
    int lanes = logs.length;
    double squares = 0;
    for (double[] lane : logs) {
      double relative = lanes * Math.exp(lane[bin] - total) - 1;
      squares += relative * relative;
    }
    return Math.sqrt(squares / (lanes * (lanes - 1.0)));
  }
}
