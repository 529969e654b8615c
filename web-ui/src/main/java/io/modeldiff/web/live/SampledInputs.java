package io.modeldiff.web.live;

import io.modeldiff.analysis.comparison.SampleBatch;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.analysis.history.ComparisonAnalysis.Side;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.core.space.NllRange;
import io.modeldiff.web.service.ComparisonService.Density;
import io.modeldiff.web.service.ComparisonService.Input;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sampled inputs behind an outcome, with the number of inputs that each stands for. */
final class SampledInputs {
  private static final int CELLS = 40;

  private SampledInputs() {}

  /** Where a sample is: side 0 or 1, batch, position. */
  private record At(int side, int batch, int i, double logWeight) {
    String id() {
      return side + "-" + batch + "-" + i;
    }
  }

  static List<Input> of(
      Outcome outcome, String direction, double from, double to, int limit, Tokenizer tokenizer) {
    int side = direction.equals("BA") ? 1 : 0;
    Side sampled = side == 0 ? outcome.a() : outcome.b();
    NllRange range = outcome.comparison().spec().z();
    PriorityQueue<At> heaviest = new PriorityQueue<>(Comparator.comparingDouble(At::logWeight));
    Set<List<Integer>> seen = new HashSet<>();
    for (int b = 0; b < sampled.samples().batches().size(); b++) {
      SampleBatch batch = sampled.samples().batches().get(b);
      for (int i = 0; i < batch.size(); i++) {
        double d = d(batch, i, side);
        if (!batch.scored()[i] || !range.contains(batch.zOwn()[i]) || d < from || d > to) {
          continue;
        }
        At at = new At(side, b, i, logWeight(sampled, batch, i));
        boolean heavy = heaviest.size() < limit || at.logWeight() > heaviest.peek().logWeight();
        if (heavy && seen.add(ids(sampled.samples().tokens().get(b)[i]))) {
          heaviest.add(at);
          if (heaviest.size() > limit) {
            heaviest.poll();
          }
        }
      }
    }
    return heaviest.stream()
        .sorted(Comparator.comparingDouble(At::logWeight).reversed())
        .map(at -> input(outcome, at, tokenizer))
        .toList();
  }

  /** One input by its id; null when there is none. */
  static @Nullable Input one(Outcome outcome, String id, Tokenizer tokenizer) {
    if (!id.matches("[01]-\\d{1,9}-\\d{1,9}")) {
      return null;
    }
    int[] parts = Arrays.stream(id.split("-", -1)).mapToInt(Integer::parseInt).toArray();
    Side side = parts[0] == 0 ? outcome.a() : outcome.b();
    List<SampleBatch> batches = side.samples().batches();
    if (parts[1] >= batches.size() || parts[2] >= batches.get(parts[1]).size()) {
      return null;
    }
    double weight = logWeight(side, batches.get(parts[1]), parts[2]);
    return input(outcome, new At(parts[0], parts[1], parts[2], weight), tokenizer);
  }

  private static Input input(Outcome outcome, At at, Tokenizer tokenizer) {
    Side side = at.side() == 0 ? outcome.a() : outcome.b();
    SampleBatch batch = side.samples().batches().get(at.batch());
    int[] tokens = side.samples().tokens().get(at.batch())[at.i()];
    double own = batch.zOwn()[at.i()];
    double other = batch.zOther()[at.i()];
    return new Input(
        at.id(),
        at.side() == 0 ? "AB" : "BA",
        at.side() == 0 ? own : other,
        at.side() == 0 ? other : own,
        at.logWeight() / Math.log(10),
        ids(tokens),
        Arrays.stream(tokens).mapToObj(tokenizer::token).toList(),
        tokenizer.decode(tokens));
  }

  private static List<Integer> ids(int[] tokens) {
    return Arrays.stream(tokens).boxed().toList();
  }

  private static double d(SampleBatch batch, int i, int side) {
    double difference = (double) batch.zOwn()[i] - batch.zOther()[i];
    return side == 0 ? difference : -difference;
  }

  private static double logWeight(Side side, SampleBatch batch, int i) {
    int scored = side.campaign().spec().space().scored();
    double weight = side.input().weights().logWeight(scored * (double) batch.zOwn()[i]);
    return batch.logImportance().length == 0 ? weight : weight + batch.logImportance()[i];
  }

  /** Counts over z_A × z_B: A's samples inside X_A, and B's samples inside X_B but outside X_A. */
  static Density density(Outcome outcome) {
    double[] a = extent(outcome, true);
    double[] b = extent(outcome, false);
    double[][] logs = new double[CELLS][CELLS];
    for (double[] row : logs) {
      Arrays.fill(row, Double.NEGATIVE_INFINITY);
    }
    NllRange range = outcome.comparison().spec().z();
    for (int s = 0; s < 2; s++) {
      Side side = s == 0 ? outcome.a() : outcome.b();
      for (SampleBatch batch : side.samples().batches()) {
        for (int i = 0; i < batch.size(); i++) {
          boolean foundByA = s == 1 && range.contains(batch.zOther()[i]);
          if (batch.scored()[i] && range.contains(batch.zOwn()[i]) && !foundByA) {
            double zA = s == 0 ? batch.zOwn()[i] : batch.zOther()[i];
            double zB = s == 0 ? batch.zOther()[i] : batch.zOwn()[i];
            add(logs, cell(zA, a), cell(zB, b), logWeight(side, batch, i));
          }
        }
      }
    }
    return new Density(edges(a), edges(b), rows(logs));
  }

  private static void add(double[][] logs, int i, int j, double weight) {
    double top = Math.max(logs[i][j], weight);
    logs[i][j] = top + Math.log(Math.exp(logs[i][j] - top) + Math.exp(weight - top));
  }

  private static double[] extent(Outcome outcome, boolean ofA) {
    NllRange range = outcome.comparison().spec().z();
    double low = range.low();
    double high = range.high();
    for (int s = 0; s < 2; s++) {
      Side side = s == 0 ? outcome.a() : outcome.b();
      for (SampleBatch batch : side.samples().batches()) {
        for (int i = 0; i < batch.size(); i++) {
          if (batch.scored()[i] && range.contains(batch.zOwn()[i])) {
            double z = (s == 0) == ofA ? batch.zOwn()[i] : batch.zOther()[i];
            low = Math.min(low, z);
            high = Math.max(high, z);
          }
        }
      }
    }
    return new double[] {low, high};
  }

  private static int cell(double z, double[] extent) {
    int cell = (int) Math.floor((z - extent[0]) / (extent[1] - extent[0]) * CELLS);
    return Math.max(0, Math.min(CELLS - 1, cell));
  }

  private static List<Double> edges(double[] extent) {
    List<Double> edges = new ArrayList<>();
    for (int i = 0; i <= CELLS; i++) {
      edges.add(extent[0] + (extent[1] - extent[0]) * i / CELLS);
    }
    return edges;
  }

  private static List<List<@Nullable Double>> rows(double[][] logs) {
    List<List<@Nullable Double>> rows = new ArrayList<>();
    for (double[] row : logs) {
      List<@Nullable Double> out = new ArrayList<>();
      for (double log : row) {
        out.add(Double.isInfinite(log) ? null : (Double) (log / Math.log(10)));
      }
      rows.add(out);
    }
    return rows;
  }
}
