package io.modeldiff.web.live;

import io.modeldiff.analysis.lmdiff.cache.PhraseScores;
import io.modeldiff.analysis.lmdiff.instance.InstanceAnalysis;
import io.modeldiff.analysis.lmdiff.instance.ModelView;
import io.modeldiff.analysis.lmdiff.instance.Segment;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.TokenScores;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.web.compare.Placement;
import io.modeldiff.web.instance.InstanceDocument;
import io.modeldiff.web.service.InstanceService;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Single texts under two registered models. */
final class LiveInstances implements InstanceService {
  private static final int TOP = InstanceAnalysis.Options.DEFAULTS.topK();
  private static final int LONGEST_TEXT = 100_000;

  private final LiveModels models;
  private final ModelPool pool;
  private final Placing placing;

  /** Where a text's D lies in the comparisons of two models. */
  @FunctionalInterface
  interface Placing {
    List<Placement> place(String a, String b, double d);
  }

  LiveInstances(LiveModels models, ModelPool pool, Placing placing) {
    this.models = models;
    this.pool = pool;
    this.placing = placing;
  }

  @Override
  public Instance analyze(String a, String b, String text, boolean diff) {
    if (text.length() > LONGEST_TEXT) {
      throw UserException.badInput(
          "The text has "
              + text.length()
              + " characters, but the microscope takes at most "
              + LONGEST_TEXT
              + "; analyse it as a corpus instead.");
    }
    return pool.with(
        models.find(a),
        models.find(b),
        (one, two) -> {
          InstanceAnalysis.Options options =
              InstanceAnalysis.Options.DEFAULTS.withDivergences(diff);
          var found = new InstanceAnalysis(one, two, options).analyze(text);
          return instance(a, b, found, one, two, diff);
        });
  }

  private Instance instance(
      String a,
      String b,
      io.modeldiff.analysis.lmdiff.instance.Instance found,
      LanguageModel one,
      LanguageModel two,
      boolean diff) {
    boolean same = found.differences().isPresent();
    List<Placement> placements =
        same ? placing.place(a, b, found.predictionDifference()) : List.of();
    return new Instance(
        a,
        b,
        found.text(),
        same,
        same ? "" : found.comparability().reason(),
        tokens(found.text(), found.first()),
        tokens(found.text(), found.second()),
        scores(found.first(), one.tokenizer()),
        scores(found.second(), two.tokenizer()),
        same ? List.of() : found.segments().stream().map(s -> span(found.text(), s)).toList(),
        placements.stream().map(Placed::of).toList(),
        diff ? InstanceDocument.of(found, placements) : null);
  }

  private static List<Token> tokens(String text, ModelView view) {
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < view.ids().length; i++) {
      tokens.add(
          new Token(
              view.ids()[i],
              text.substring(view.starts()[i], view.ends()[i]),
              view.tokens().get(i)));
    }
    return tokens;
  }

  private static Span span(String text, Segment s) {
    return new Span(
        text.substring(s.start(), s.end()), nats(s.bits1()), nats(s.bits2()), s.bytes());
  }

  private static @Nullable Double nats(double bits) {
    return Double.isNaN(bits) ? null : bits * Math.log(2);
  }

  private static Scores scores(ModelView view, Tokenizer tokenizer) {
    PhraseScores s = view.scores();
    Collector into = new Collector(view.ids().length - s.length());
    for (int i = 0; i < s.length(); i++) {
      List<Candidate> top = new ArrayList<>();
      for (int k = 0; k < s.k(); k++) {
        int id = s.topIds()[i * s.k() + k];
        top.add(candidate(tokenizer, id, s.topProbs()[i * s.k() + k]));
      }
      into.add(s.logProbs()[i], s.ranks()[i], top);
    }
    return into.scores();
  }

  @Override
  public Instance analyzeTokens(String a, String b, List<Integer> ids) {
    int[] tokens = ids.stream().mapToInt(Integer::intValue).toArray();
    return pool.with(
        models.find(a),
        models.find(b),
        (one, two) -> {
          Compatible.require(models.compatibility(a, b));
          requireKnown(tokens, one);
          List<Token> shown = tokens(tokens, one.tokenizer());
          String text = one.tokenizer().decode(tokens);
          Scores first = scores(one.score(List.of(tokens), TOP).get(0), one.tokenizer());
          Scores second = scores(two.score(List.of(tokens), TOP).get(0), two.tokenizer());
          List<Placement> placements =
              first.nll() == null || second.nll() == null
                  ? List.of()
                  : placing.place(a, b, first.nll() - second.nll());
          return new Instance(
              a,
              b,
              text,
              true,
              "",
              shown,
              shown,
              first,
              second,
              List.of(),
              placements.stream().map(Placed::of).toList(),
              null);
        });
  }

  private static void requireKnown(int[] ids, LanguageModel model) {
    if (ids.length == 0) {
      throw UserException.badInput("At least one token id must be given.");
    }
    for (int id : ids) {
      if (id < 0 || id >= model.info().vocabulary()) {
        throw UserException.badInput(
            "Token id "
                + id
                + " is outside the vocabulary 0.."
                + (model.info().vocabulary() - 1)
                + ".");
      }
    }
  }

  private static List<Token> tokens(int[] ids, Tokenizer tokenizer) {
    List<Token> tokens = new ArrayList<>();
    for (int id : ids) {
      tokens.add(new Token(id, tokenizer.decode(new int[] {id}), tokenizer.token(id)));
    }
    return tokens;
  }

  private static Scores scores(TokenScores s, Tokenizer tokenizer) {
    Collector into = new Collector(s.from());
    for (int i = 0; i < s.logProb().length; i++) {
      List<Candidate> top = new ArrayList<>();
      for (int k = 0; k < s.topIds()[i].length; k++) {
        top.add(candidate(tokenizer, s.topIds()[i][k], s.topProbs()[i][k]));
      }
      into.add(s.logProb()[i], s.rank()[i], top);
    }
    return into.scores();
  }

  private static Candidate candidate(Tokenizer tokenizer, int id, double prob) {
    return new Candidate(id, tokenizer.decode(new int[] {id}), prob);
  }

  /** Gathers tokens after some unscored ones. */
  private static final class Collector {
    private final List<@Nullable Double> logProb = new ArrayList<>();
    private final List<@Nullable Integer> rank = new ArrayList<>();
    private final List<List<Candidate>> top = new ArrayList<>();
    private int scored;
    private double sum;
    private double squares;

    Collector(int unscored) {
      for (int i = 0; i < unscored; i++) {
        logProb.add(null);
        rank.add(null);
        top.add(List.of());
      }
    }

    void add(double log, int tokenRank, List<Candidate> candidates) {
      logProb.add(log);
      rank.add(tokenRank);
      top.add(candidates);
      scored++;
      sum -= log;
      squares += log * log;
    }

    Scores scores() {
      Double mean = scored == 0 ? null : sum / scored;
      Double se =
          scored < 2 || mean == null
              ? null
              : Math.sqrt(Math.max(0, squares / scored - mean * mean) / (scored - 1));
      return new Scores(logProb, rank, top, mean, se);
    }
  }

  /** Token ids mean the same only with one vocabulary. */
  private static final class Compatible {
    static void require(io.modeldiff.web.service.ModelService.Compatibility compatibility) {
      if (!compatibility.sameVocabulary()) {
        throw UserException.badInput(compatibility.reason());
      }
    }
  }
}
