package io.modeldiff.web.live;

import io.modeldiff.analysis.comparison.CorpusInputs;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.TokenScores;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.corpus.CorpusDocument;
import io.modeldiff.web.result.corpus.CorpusQuery;
import java.util.List;
import java.util.stream.IntStream;

/** Scores a corpus under both models of a comparison, as inputs of its space. */
final class CorpusSpaces {
  /** Texts of one turn at the models, between which others get theirs. */
  private static final int TOGETHER = 256;

  private final RunningPlatform platform;
  private final ModelPool pool;

  CorpusSpaces(RunningPlatform platform, ModelPool pool) {
    this.platform = platform;
    this.pool = pool;
  }

  CorpusDocument of(Outcome outcome, CorpusQuery query) {
    ModelRef a = outcome.a().campaign().spec().model();
    ModelRef b = outcome.b().campaign().spec().model();
    InputSpace space = outcome.comparison().spec().space().toSpace();
    Tokenizer tokenizer = pool.tokenizer(a);
    int positions = pool.with(a, b, (x, y) -> Math.min(x.info().positions(), y.info().positions()));
    CorpusInputs inputs =
        CorpusInputs.of(
            texts(query).stream().map(tokenizer::encode)::iterator,
            space,
            positions,
            query.firstTokens());
    double[] zA = new double[inputs.ids().size()];
    double[] zB = new double[zA.length];
    for (int from = 0; from < zA.length; from += TOGETHER) {
      List<int[]> some = inputs.ids().subList(from, Math.min(zA.length, from + TOGETHER));
      int at = from;
      pool.with(
          a,
          b,
          (x, y) -> {
            score(x, space, some, zA, at);
            score(y, space, some, zB, at);
            return some.size();
          });
    }
    return CorpusDocument.of(
        query, inputs, zA, zB, tokenizer, outcome.asked(), ComparisonDocument.of(outcome));
  }

  private List<String> texts(CorpusQuery query) {
    List<String> given = query.texts();
    if (given != null) {
      return given;
    }
    Corpus corpus = platform.corpora().open(query.corpus());
    return IntStream.range(0, corpus.size()).mapToObj(i -> corpus.get(i).text()).toList();
  }

  /** z rounded to float32, the precision in which membership of Z is decided everywhere. */
  static void score(LanguageModel model, InputSpace space, List<int[]> ids, double[] z, int at) {
    List<TokenScores> scores = model.score(ids, space.prefix(), space.allowed(), 0);
    for (int i = 0; i < scores.size(); i++) {
      z[at + i] = (float) scores.get(i).nll();
    }
  }
}
