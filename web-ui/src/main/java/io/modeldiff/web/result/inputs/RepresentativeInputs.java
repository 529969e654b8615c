package io.modeldiff.web.result.inputs;

import io.modeldiff.analysis.comparison.SampleBatch;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.analysis.history.ComparisonAnalysis.Side;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.core.space.NllRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The inputs behind an outcome, in a random order in which heavy ones tend to come first: taken
 * from the front they are draws without replacement with probabilities in proportion to their
 * weights (Efraimidis and Spirakis 2006). The order is the same in every process, and one input
 * keeps its place before another when more are sampled. Of one chain's successive states only such
 * are kept as differ from the last kept one in at least half of their tokens.
 */
public final class RepresentativeInputs {
  private static final int MOST_SEARCHED = 50_000;

  private final Outcome outcome;
  private final DrawOrder[] sides;

  /** Prepares the order of both sides. */
  public RepresentativeInputs(Outcome outcome) {
    this.outcome = outcome;
    NllRange z = outcome.comparison().spec().z();
    this.sides =
        IntStream.range(0, 2)
            .parallel()
            .mapToObj(number -> DrawOrder.of(side(number), z, number))
            .toArray(DrawOrder[]::new);
  }

  /** A page of the inputs that a query asks for. */
  public InputPage page(InputQuery query, Tokenizer tokenizer) {
    int side = query.direction().equals("AB") ? 0 : 1;
    DrawOrder drawn = sides[side];
    DrawOrder.Within within = drawn.within(query);
    if (query.text().isEmpty()) {
      int[] page = within.next(query.offset(), query.limit());
      return new InputPage(
          inputs(side, page, tokenizer), within.count(), within.count(), within.count());
    }
    int[] searched = within.next(0, MOST_SEARCHED);
    String wanted = query.text().toLowerCase(Locale.ROOT);
    int[] found =
        Arrays.stream(searched)
            .parallel()
            .filter(
                k -> tokenizer.decode(drawn.tokens(k)).toLowerCase(Locale.ROOT).contains(wanted))
            .toArray();
    int[] page = Arrays.stream(found).skip(query.offset()).limit(query.limit()).toArray();
    return new InputPage(
        inputs(side, page, tokenizer), found.length, searched.length, within.count());
  }

  private List<Input> inputs(int side, int[] places, Tokenizer tokenizer) {
    List<Input> inputs = new ArrayList<>();
    for (int k : places) {
      int batch = sides[side].batch(k);
      inputs.add(input(side, batch, sides[side].at(k, batch), tokenizer));
    }
    return inputs;
  }

  private Side side(int number) {
    return number == 0 ? outcome.a() : outcome.b();
  }

  /** One input by its id; null when there is none. */
  public @Nullable Input one(String id, Tokenizer tokenizer) {
    if (!id.matches("[01]-\\d{1,9}-\\d{1,4}-\\d{1,9}")) {
      return null;
    }
    int[] parts = Arrays.stream(id.split("-", -1)).mapToInt(Integer::parseInt).toArray();
    Side side = side(parts[0]);
    for (int b = 0; b < side.samples().batches().size(); b++) {
      SampleBatch batch = side.samples().batches().get(b);
      if (side.samples().rounds().get(b) == parts[1]
          && parts[3] < batch.size()
          && batch.rung()[parts[3]] == parts[2]) {
        return input(parts[0], b, parts[3], tokenizer);
      }
    }
    return null;
  }

  private Input input(int number, int b, int i, Tokenizer tokenizer) {
    Side side = side(number);
    SampleBatch batch = side.samples().batches().get(b);
    int[] tokens = side.samples().tokens().get(b).sequence(i);
    double own = batch.zOwn()[i];
    double other = batch.zOther()[i];
    return new Input(
        number + "-" + side.samples().rounds().get(b) + "-" + batch.rung()[i] + "-" + i,
        number == 0 ? "AB" : "BA",
        number == 0 ? own : other,
        number == 0 ? other : own,
        side.logWeight(batch, i) / Math.log(10),
        Arrays.stream(tokens).boxed().toList(),
        Arrays.stream(tokens).mapToObj(tokenizer::token).toList(),
        tokenizer.decode(tokens));
  }

  /** What kind of text lies in a range of D, and which tokens it holds more of than the rest. */
  public TextMix mix(InputQuery query, Tokenizer tokenizer) {
    int side = query.direction().equals("AB") ? 0 : 1;
    DrawOrder drawn = sides[side];
    List<int[]> inside = new ArrayList<>();
    List<int[]> outside = new ArrayList<>();
    for (int k = 0; k < drawn.size(); k++) {
      List<int[]> set = drawn.fits(k, query) ? inside : outside;
      if (set.size() < query.limit()) {
        set.add(drawn.tokens(k));
      } else if (inside.size() >= query.limit() && outside.size() >= query.limit()) {
        break;
      }
    }
    return TextMix.of(inside, outside, tokenizer);
  }
}
