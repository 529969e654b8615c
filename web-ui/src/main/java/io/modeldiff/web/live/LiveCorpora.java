package io.modeldiff.web.live;

import io.modeldiff.analysis.lmdiff.cache.CacheAnalysis;
import io.modeldiff.analysis.lmdiff.cache.ChunkedCache;
import io.modeldiff.analysis.lmdiff.cache.ScoringRules;
import io.modeldiff.analysis.lmdiff.comparison.ComparisonTable;
import io.modeldiff.analysis.lmdiff.comparison.CorpusComparison;
import io.modeldiff.analysis.lmdiff.comparison.CorpusMeans;
import io.modeldiff.analysis.lmdiff.comparison.Histogram;
import io.modeldiff.analysis.lmdiff.comparison.RowFilter;
import io.modeldiff.analysis.lmdiff.corpus.CorpusInfo;
import io.modeldiff.analysis.lmdiff.corpus.ImportOptions;
import io.modeldiff.analysis.lmdiff.corpus.ListCorpus;
import io.modeldiff.analysis.lmdiff.measure.Measure;
import io.modeldiff.analysis.lmdiff.measure.TokenDifferences;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.work.WorkMonitor;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.platform.Corpora;
import io.modeldiff.web.platform.Corpora.Analyst;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.service.CorpusService;
import io.modeldiff.web.service.NotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Corpora in the registry; their texts and what models made of them lie in the store. */
final class LiveCorpora implements CorpusService {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final long SEED = 1;
  private static final double HALF_95 = 1.96;

  private final RunningPlatform platform;
  private final LiveModels models;
  private final ModelPool pool;

  LiveCorpora(RunningPlatform platform, LiveModels models, ModelPool pool) {
    this.platform = platform;
    this.models = models;
    this.pool = pool;
  }

  @Override
  public List<Corpus> list() {
    return platform.corpora().list().stream().map(LiveCorpora::corpus).toList();
  }

  private static Corpus corpus(CorpusInfo info) {
    return new Corpus(
        info.name(),
        info.type(),
        info.phrases(),
        info.checksum(),
        String.join(" ", info.warnings()));
  }

  @Override
  public Corpus add(String name, String content, Caller who) {
    who.require(Permission.OPERATE);
    requireName(name);
    try {
      Path file = Files.createTempFile("corpus", ".txt");
      try {
        Files.writeString(file, content);
        return corpus(
            platform
                .corpora()
                .add(uploaded(file, name), "uploaded", Cause.now(who.name(), "register")));
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw UserException.failed("The corpus cannot be stored: " + e.getMessage() + ".", e);
    }
  }

  // The person knows a text, not the file that it was put into.
  private static io.modeldiff.analysis.lmdiff.corpus.Corpus uploaded(Path file, String name) {
    try {
      return ListCorpus.read(file, ImportOptions.DEFAULTS.named(name));
    } catch (UserException e) {
      throw UserException.badInput(
          String.valueOf(e.getMessage()).replace(file.toString(), "The text"), e);
    }
  }

  @Override
  public Corpus addInputs(String name, String comparison, String direction, int limit, Caller who) {
    who.require(Permission.OPERATE);
    requireName(name);
    return corpus(
        platform
            .corpora()
            .add(
                RepresentativeCorpus.of(platform, comparison, direction, limit, name),
                "comparison " + comparison + " " + direction,
                Cause.now(who.name(), "register")));
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw UserException.badInput(
          "A corpus' name is 1 to 64 letters, digits or . _ -, but was '" + name + "'.");
    }
  }

  @Override
  public Ranking ranking(Query query) {
    Corpora corpora = platform.corpora();
    if (!corpora.registered().containsKey(query.corpus())) {
      throw new NotFoundException("corpus", query.corpus());
    }
    Measure measure = Measure.named(query.metric());
    io.modeldiff.analysis.lmdiff.corpus.Corpus corpus = corpora.open(query.corpus());
    ComparisonTable table = table(corpora, corpus, query);
    if (!table.has(measure)) {
      throw UserException.badInput(
          "The measure " + query.metric() + " needs two models with one vocabulary.");
    }
    double[] column = table.column(measure);
    Histogram histogram = Histogram.of(column, query.bins());
    IntPredicate keep = filter(query).on(table, corpus);
    CorpusMeans means = CorpusMeans.of(column, SEED);
    return new Ranking(
        query,
        Arrays.stream(histogram.edges()).boxed().toList(),
        Arrays.stream(histogram.counts()).boxed().toList(),
        means.mean(),
        (means.high() - means.low()) / (2 * HALF_95),
        (int) IntStream.range(0, column.length).filter(keep).count(),
        snippets(corpus, table, measure, query, keep));
  }

  private static RowFilter filter(Query query) {
    return new RowFilter(
        query.filters().stream().map(RowFilter.Bound::parse).toList(),
        Optional.of(query.contains()).filter(words -> !words.isBlank()),
        Map.of());
  }

  // What a model said of a corpus is kept, so that only the first ranking has to score it.
  private ComparisonTable table(
      Corpora corpora, io.modeldiff.analysis.lmdiff.corpus.Corpus corpus, Query query) {
    try (ChunkedCache a = cache(corpora, query.a(), corpus);
        ChunkedCache b = cache(corpora, query.b(), corpus)) {
      return CorpusComparison.compare(a, b, TokenDifferences.DEFAULT_CLAMP, done -> {});
    }
  }

  private ChunkedCache cache(
      Corpora corpora, String model, io.modeldiff.analysis.lmdiff.corpus.Corpus corpus) {
    return corpora.analyze(
        new Analyst(model, pool.directory(models.find(model)), "f32"),
        corpus,
        ScoringRules.STANDARD,
        CacheAnalysis.TOP_K,
        WorkMonitor.silent());
  }

  private static List<Snippet> snippets(
      io.modeldiff.analysis.lmdiff.corpus.Corpus corpus,
      ComparisonTable table,
      Measure measure,
      Query query,
      IntPredicate keep) {
    List<Snippet> snippets = new ArrayList<>();
    io.modeldiff.analysis.lmdiff.comparison.Ranking.Order order =
        query.order().equals("ascending")
            ? io.modeldiff.analysis.lmdiff.comparison.Ranking.Order.ASCENDING
            : io.modeldiff.analysis.lmdiff.comparison.Ranking.Order.DESCENDING;
    for (var ranked :
        io.modeldiff.analysis.lmdiff.comparison.Ranking.top(
            table, measure, order, query.byAbsolute(), query.limit(), keep)) {
      String text = corpus.get(ranked.phrase()).text();
      snippets.add(
          new Snippet(ranked.phrase(), text, ranked.value(), table.tokens()[ranked.row()]));
    }
    return snippets;
  }
}
