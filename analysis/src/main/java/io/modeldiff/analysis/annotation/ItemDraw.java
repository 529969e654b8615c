package io.modeldiff.analysis.annotation;

import io.modeldiff.analysis.comparison.SampleBatch;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.analysis.history.ComparisonAnalysis.Side;
import io.modeldiff.core.annotation.AnnotationItem;
import io.modeldiff.core.annotation.AnnotationItem.Draw;
import io.modeldiff.core.annotation.DesignStratum;
import io.modeldiff.core.annotation.Term;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.random.KeyedRandom;
import io.modeldiff.core.space.NllRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Draws items for annotation from a comparison's samples: within each D bin, with replacement and
 * by weight, so that every draw is an (approximately) uniform one from all inputs of the bin.
 *
 * <p>Draw k of a stratum depends on (seed, stratum, k) only. A top-up makes further draws and never
 * takes one back, so the mean over draws estimates r(D) at any time, whatever was seen before.
 */
public final class ItemDraw {
  private static final long STREAM = 9;
  private static final long ORDER = 10;

  private final Map<String, List<Sampled>> sides;

  /**
   * An input found by one side.
   *
   * @param tokens token ids
   * @param zA NLL under A, nats per token
   * @param zB NLL under B, nats per token
   * @param logWeight log of the number of inputs that it stands for
   */
  public record Sampled(List<Integer> tokens, double zA, double zB, double logWeight) {
    double difference() {
      return zA - zB;
    }

    private Sampled heavier(double more) {
      double top = Math.max(logWeight, more);
      return new Sampled(
          tokens, zA, zB, top + Math.log(Math.exp(logWeight - top) + Math.exp(more - top)));
    }
  }

  /**
   * From sampled inputs; the same input may come several times, its weights add up.
   *
   * @param inA members of X_A, found by A
   * @param inB members of X_B, found by B
   */
  public ItemDraw(Iterable<Sampled> inA, Iterable<Sampled> inB) {
    this.sides = Map.of("AB", distinct(inA), "BA", distinct(inB));
  }

  /** From what a comparison has sampled so far. */
  public static ItemDraw of(Outcome outcome) {
    return new ItemDraw(
        sampled(outcome.a(), outcome.comparison().spec().z(), true),
        sampled(outcome.b(), outcome.comparison().spec().z(), false));
  }

  private static List<Sampled> distinct(Iterable<Sampled> all) {
    Map<List<Integer>, Sampled> found = new LinkedHashMap<>();
    for (Sampled one : all) {
      found.merge(one.tokens(), one, (old, more) -> old.heavier(more.logWeight()));
    }
    return List.copyOf(found.values());
  }

  private static List<Sampled> sampled(Side side, NllRange range, boolean ofA) {
    List<Sampled> sampled = new ArrayList<>();
    for (int b = 0; b < side.samples().batches().size(); b++) {
      SampleBatch batch = side.samples().batches().get(b);
      for (int i = 0; i < batch.size(); i++) {
        double own = batch.zOwn()[i];
        if (batch.scored()[i] && range.contains(batch.zOwn()[i])) {
          double other = batch.zOther()[i];
          double weight = side.logWeight(batch, i);
          List<Integer> tokens =
              Arrays.stream(side.samples().tokens().get(b).sequence(i)).boxed().toList();
          sampled.add(new Sampled(tokens, ofA ? own : other, ofA ? other : own, weight));
        }
      }
    }
    return sampled;
  }

  /**
   * Bins of D for terms: each term's part of the axis is cut where it holds about equal numbers of
   * inputs, and where both terms of a side are wanted, what lies between them is a bin of its own,
   * because recall is a share of all good inputs of the side.
   *
   * @param binsPerTerm at least 1; fewer come out where few inputs were sampled
   */
  public List<DesignStratum> strata(List<Term> terms, double lambda, int binsPerTerm) {
    List<DesignStratum> strata = new ArrayList<>();
    for (String direction : List.of("AB", "BA")) {
      List<Term> here = terms.stream().filter(t -> t.direction().equals(direction)).toList();
      for (Term term : here) {
        double[] part = term.range(lambda);
        cut(strata, direction, part[0], part[1], binsPerTerm);
      }
      if (here.size() == 2 && lambda > 0) {
        strata.add(new DesignStratum(direction, -lambda, lambda));
      }
    }
    if (strata.isEmpty()) {
      throw UserException.badInput(
          "None of the terms has a sampled input yet; wait for more samples, or choose a smaller"
              + " λ.");
    }
    return List.copyOf(strata);
  }

  private void cut(List<DesignStratum> into, String direction, double from, double to, int bins) {
    List<Sampled> here =
        within(direction, from, to).stream()
            .sorted(Comparator.comparingDouble(Sampled::difference))
            .toList();
    if (here.isEmpty()) {
      return;
    }
    double[] cumulated = cumulated(here);
    double total = cumulated[cumulated.length - 1];
    double low = from;
    int next = 1;
    for (int i = 0; i + 1 < here.size() && next < bins; i++) {
      double edge = here.get(i + 1).difference();
      if (cumulated[i] >= total * next / bins && edge > low && edge > here.get(0).difference()) {
        into.add(stratum(direction, low, edge));
        low = edge;
        next++;
      }
    }
    into.add(stratum(direction, low, to));
  }

  private static DesignStratum stratum(String direction, double low, double high) {
    return new DesignStratum(
        direction,
        Double.isInfinite(low) ? null : (Double) low,
        Double.isInfinite(high) ? null : (Double) high);
  }

  private List<Sampled> within(String direction, double from, double to) {
    return sides.getOrDefault(direction, List.of()).stream()
        .filter(i -> i.difference() >= from && i.difference() < to)
        .toList();
  }

  private static double[] cumulated(List<Sampled> inputs) {
    double top = inputs.stream().mapToDouble(Sampled::logWeight).max().orElse(0);
    double[] sums = new double[inputs.size()];
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += Math.exp(inputs.get(i).logWeight() - top);
      sums[i] = sum;
    }
    return sums;
  }

  /**
   * Draws number {@code after} to {@code after + count − 1} of every stratum. Bins of different
   * strata come mixed, in an order that tells an annotator nothing.
   *
   * @param text turns token ids into what annotators read
   */
  public List<AnnotationItem> draw(
      List<DesignStratum> strata,
      long seed,
      int after,
      int count,
      Function<List<Integer>, String> text) {
    Map<List<Integer>, List<Draw>> draws = new LinkedHashMap<>();
    Map<List<Integer>, Sampled> drawn = new LinkedHashMap<>();
    for (int s = 0; s < strata.size(); s++) {
      DesignStratum stratum = strata.get(s);
      List<Sampled> here = within(stratum.direction(), stratum.from(), stratum.to());
      if (!here.isEmpty()) {
        int index = s;
        hits(here, seed, s, after, count)
            .forEach(
                (at, draw) -> {
                  Sampled input = here.get(at);
                  drawn.putIfAbsent(input.tokens(), input);
                  draws
                      .computeIfAbsent(input.tokens(), t -> new ArrayList<>())
                      .add(draw.of(index, input));
                });
      }
    }
    return drawn.values().stream()
        .map(
            i ->
                new AnnotationItem(
                    AnnotationItem.id(i.tokens()),
                    i.tokens(),
                    text.apply(i.tokens()),
                    i.zA(),
                    i.zB(),
                    draws.getOrDefault(i.tokens(), List.of())))
        .sorted(
            Comparator.comparingDouble(
                i -> KeyedRandom.of(seed, ORDER, i.id().hashCode()).uniform()))
        .toList();
  }

  /** How often an input was hit. */
  private record Hits(int count, int outOf, double probability) {
    Draw of(int stratum, Sampled input) {
      return new Draw(stratum, count, outOf, probability, input.logWeight() / Math.log(10));
    }
  }

  private static Map<Integer, Hits> hits(
      List<Sampled> inputs, long seed, int stratum, int after, int count) {
    double[] cumulated = cumulated(inputs);
    double total = cumulated[cumulated.length - 1];
    Map<Integer, Hits> hits = new TreeMap<>();
    for (int k = after; k < after + count; k++) {
      double u = KeyedRandom.of(seed, STREAM, stratum, k).uniform() * total;
      int found = Arrays.binarySearch(cumulated, u);
      int at = Math.min(cumulated.length - 1, found < 0 ? -found - 1 : found);
      double own = cumulated[at] - (at == 0 ? 0 : cumulated[at - 1]);
      hits.merge(
          at,
          new Hits(1, count, own / total),
          (old, one) -> new Hits(old.count() + 1, count, old.probability()));
    }
    return hits;
  }
}
