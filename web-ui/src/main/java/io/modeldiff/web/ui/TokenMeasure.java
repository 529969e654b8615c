package io.modeldiff.web.ui;

import io.modeldiff.web.service.InstanceService.Candidate;
import io.modeldiff.web.service.InstanceService.Instance;
import io.modeldiff.web.service.InstanceService.Scores;
import io.modeldiff.web.ui.part.Topic;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the token strip shows. Differences are model 2 − model 1 (LMdiff, section 3.1). */
enum TokenMeasure {
  PROB_DIFF("prob diff", "probability difference", Topic.PROB_DIFF),
  PROB_1("prob 1", "probability under model 1", Topic.PROB_DIFF),
  PROB_2("prob 2", "probability under model 2", Topic.PROB_DIFF),
  RANK_DIFF("rank diff", "rank difference", Topic.RANK_DIFF),
  CLAMPED_RANK_DIFF("clamped rank diff", "difference of ranks clamped at 50", Topic.RANK_DIFF),
  RANK_1("rank 1", "rank under model 1 (1 = most likely)", Topic.RANK_DIFF),
  RANK_2("rank 2", "rank under model 2 (1 = most likely)", Topic.RANK_DIFF),
  TOP_10_DIFF("top-10 diff", "tokens of model 1's top 10 that model 2's lacks", Topic.TOPK_DIFF);

  /** Ranks beyond this are alike in the clamped measure. */
  static final int CLAMP = 50;

  private final String label;
  private final String title;
  private final Topic topic;

  TokenMeasure(String label, String title, Topic topic) {
    this.label = label;
    this.title = title;
    this.topic = topic;
  }

  String label() {
    return label;
  }

  String title() {
    return title;
  }

  Topic topic() {
    return topic;
  }

  /** The value at one token. Null where unscored. */
  @Nullable Double value(Instance instance, int i) {
    Scores one = instance.modelA();
    Scores two = instance.modelB();
    Double p1 = prob(one, i);
    Double p2 = prob(two, i);
    Integer r1 = one.rank().get(i);
    Integer r2 = i < two.rank().size() ? two.rank().get(i) : null;
    return switch (this) {
      case PROB_1 -> p1;
      case PROB_2 -> p2;
      case RANK_1 -> r1 == null ? null : r1 + 1.0;
      case RANK_2 -> r2 == null ? null : r2 + 1.0;
      case PROB_DIFF -> p1 == null || p2 == null ? null : p2 - p1;
      case RANK_DIFF -> r1 == null || r2 == null ? null : (double) r2 - r1;
      case CLAMPED_RANK_DIFF ->
          r1 == null || r2 == null ? null : (double) Math.min(r2, CLAMP) - Math.min(r1, CLAMP);
      case TOP_10_DIFF ->
          r1 == null || r2 == null ? null : (double) missing(one.top().get(i), two.top().get(i));
    };
  }

  /** Which colours a value gets. */
  enum Scale {
    /** The colour of the model that it favours. */
    BETWEEN,
    /** Model 1's. */
    FIRST,
    /** Model 2's. */
    SECOND,
    /** Neither's: it favours none. */
    NEUTRAL
  }

  Scale scale() {
    return switch (this) {
      case PROB_1, RANK_1 -> Scale.FIRST;
      case PROB_2, RANK_2 -> Scale.SECOND;
      case TOP_10_DIFF -> Scale.NEUTRAL;
      case PROB_DIFF, RANK_DIFF, CLAMPED_RANK_DIFF -> Scale.BETWEEN;
    };
  }

  /** The value as it is coloured, below zero on model 1's side: a larger rank is a worse one. */
  double coloured(double value) {
    return switch (this) {
      case RANK_DIFF, CLAMPED_RANK_DIFF, PROB_1, RANK_1 -> -value;
      case PROB_DIFF, PROB_2, RANK_2, TOP_10_DIFF -> value;
    };
  }

  /** The magnitude that gets the full colour. */
  double span(Instance instance) {
    double largest = 0;
    for (int i = 0; i < instance.tokens().size(); i++) {
      Double value = value(instance, i);
      largest = value == null ? largest : Math.max(largest, Math.abs(value));
    }
    return switch (this) {
      case PROB_DIFF, PROB_1, PROB_2 -> 1;
      case CLAMPED_RANK_DIFF -> CLAMP;
      case TOP_10_DIFF -> 10;
      case RANK_DIFF, RANK_1, RANK_2 -> Math.max(1, Math.min(largest, 200));
    };
  }

  static @Nullable Double prob(Scores scores, int i) {
    Double log = i < scores.logProb().size() ? scores.logProb().get(i) : null;
    return log == null ? null : Math.exp(log);
  }

  private static long missing(List<Candidate> first, List<Candidate> second) {
    Set<Integer> ids = second.stream().map(Candidate::id).collect(Collectors.toSet());
    return first.stream().filter(c -> !ids.contains(c.id())).count();
  }
}
