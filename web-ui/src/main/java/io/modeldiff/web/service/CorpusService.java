package io.modeldiff.web.service;

import io.modeldiff.web.access.Caller;
import io.modeldiff.web.corpus.ComparedCorpus;
import io.modeldiff.web.corpus.Pairing;
import io.modeldiff.web.corpus.PhraseQuery;
import java.util.List;

/** Corpora and their rankings by how much two models differ. */
public interface CorpusService {
  /** All corpora, by name. */
  List<Corpus> list();

  /** Registers a text, one phrase per line, with or without YAML front matter. */
  Corpus add(String name, String content, Caller who);

  /**
   * Registers the representative inputs of a comparison.
   *
   * @param direction {@code AB}: found by A; {@code BA}: found by B
   * @param limit the most phrases
   */
  Corpus addInputs(String name, String comparison, String direction, int limit, Caller who);

  /** What two models say about a corpus, ranked; what they have not scored is scored first. */
  Ranking ranking(Query query, Caller who);

  /** Begins to have models score what they have not scored of a corpus: an AnalyzedCorpus. */
  JobService.Job analyze(AnalysisQuery query, Caller who);

  /**
   * Begins to compare two models over a corpus, after what they have not scored: a ComparedCorpus.
   */
  JobService.Job compare(
      String corpus, Pairing pair, PhraseQuery phrases, ComparedCorpus.Summary summary, Caller who);

  /** Begins to look for phrases that look like mistakes of the data: a SuspectPhrases. */
  JobService.Job errors(String corpus, Caller who);

  /**
   * @param models names of models
   * @param topK most likely tokens to keep per position
   * @param stride how far windows over texts longer than the context advance, tokens; 0: half of it
   * @param compat score as the original tool does where it differs
   */
  record AnalysisQuery(String corpus, List<String> models, int topK, int stride, boolean compat) {}

  /**
   * @param type {@code human_created} or {@code machine_generated}
   * @param phrases number of phrases
   * @param checksum SHA-256 of the body
   * @param warning what is odd about the file, or empty
   */
  record Corpus(String name, String type, int phrases, String checksum, String warning) {}

  /**
   * @param metric one of
   *     {avg,max,median,upper_quartile,topk_mean}_{rank,clamped_rank,prob,topk}_diff
   * @param order {@code descending} or {@code ascending}
   * @param byAbsolute rank by the absolute value
   * @param bins histogram bins
   * @param contains words that a listed phrase must contain, case ignored; empty for any
   * @param filters bounds {@code measure:min:max} that a listed phrase must keep, either end may be
   *     empty
   */
  record Query(
      String corpus,
      String a,
      String b,
      String metric,
      String order,
      boolean byAbsolute,
      int limit,
      int bins,
      String contains,
      List<String> filters) {}

  /**
   * @param edges histogram bin edges over the whole corpus
   * @param counts phrases per bin
   * @param mean mean of the measure over the corpus
   * @param meanSe its standard error
   * @param kept phrases that pass the filters
   */
  record Ranking(
      Query query,
      List<Double> edges,
      List<Integer> counts,
      double mean,
      double meanSe,
      int kept,
      List<Snippet> snippets) {}

  /**
   * @param index of the phrase in the corpus
   * @param value of the measure, signed, model 2 − model 1
   */
  record Snippet(int index, String text, double value, int tokens) {}
}
