package io.modeldiff.web.live;

import io.modeldiff.analysis.lmdiff.cache.ScoringRules;
import io.modeldiff.analysis.lmdiff.comparison.ComparisonTable;
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
import io.modeldiff.core.work.WorkStages;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.corpus.ComparedCorpus;
import io.modeldiff.web.corpus.ComparedPair;
import io.modeldiff.web.corpus.CorpusWork;
import io.modeldiff.web.corpus.Pairing;
import io.modeldiff.web.corpus.PhraseQuery;
import io.modeldiff.web.corpus.SuspectPhrases;
import io.modeldiff.web.platform.Corpora.Analyst;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.service.CorpusService;
import io.modeldiff.web.service.JobService;
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
  private final LiveJobs jobs;

  LiveCorpora(RunningPlatform platform, LiveModels models, ModelPool pool, LiveJobs jobs) {
    this.platform = platform;
    this.models = models;
    this.pool = pool;
    this.jobs = jobs;
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

  // What a model said of a corpus is kept, so that only the first ranking has to score it.
  @Override
  public Ranking ranking(Query query, Caller who) {
    Measure measure = Measure.named(query.metric());
    Pairing pair = new Pairing(query.a(), query.b(), TokenDifferences.DEFAULT_CLAMP, false, false);
    return work(WorkStages.silent(), who, "ranking")
        .compare(
            open(query.corpus()),
            analyst(query.a()),
            analyst(query.b()),
            pair,
            found -> ranking(query, measure, found));
  }

  private static Ranking ranking(Query query, Measure measure, ComparedPair found) {
    ComparisonTable table = found.table();
    if (!table.has(measure)) {
      throw UserException.badInput(
          "The measure " + query.metric() + " needs two models with one vocabulary.");
    }
    double[] column = table.column(measure);
    Histogram histogram = Histogram.of(column, query.bins());
    IntPredicate keep = filter(query).on(table, found.corpus());
    CorpusMeans means = CorpusMeans.of(column, SEED);
    return new Ranking(
        query,
        Arrays.stream(histogram.edges()).boxed().toList(),
        Arrays.stream(histogram.counts()).boxed().toList(),
        means.mean(),
        (means.high() - means.low()) / (2 * HALF_95),
        (int) IntStream.range(0, column.length).filter(keep).count(),
        snippets(found, measure, query, keep));
  }

  private static RowFilter filter(Query query) {
    return new RowFilter(
        query.filters().stream().map(RowFilter.Bound::parse).toList(),
        Optional.of(query.contains()).filter(words -> !words.isBlank()),
        Map.of());
  }

  private Analyst analyst(String model) {
    return new Analyst(model, pool.directory(models.find(model)), "f32");
  }

  private io.modeldiff.analysis.lmdiff.corpus.Corpus open(String name) {
    if (!platform.corpora().registered().containsKey(name)) {
      throw new NotFoundException("corpus", name);
    }
    return platform.corpora().open(name);
  }

  @Override
  public JobService.Job analyze(AnalysisQuery query, Caller who) {
    who.require(Permission.OPERATE);
    var corpus = open(query.corpus());
    List<Analyst> analysts = query.models().stream().map(this::analyst).toList();
    ScoringRules rules = new ScoringRules(query.compat(), query.stride());
    return jobs.start(
        "Analysis of corpus " + query.corpus(),
        who,
        stages -> work(stages, who, "analyze").analyze(corpus, analysts, rules, query.topK()));
  }

  @Override
  public JobService.Job compare(
      String name, Pairing pair, PhraseQuery phrases, ComparedCorpus.Summary summary, Caller who) {
    var corpus = open(name);
    Analyst one = analyst(pair.a());
    Analyst two = analyst(pair.b());
    return jobs.start(
        "Comparison over corpus " + name,
        who,
        stages ->
            work(stages, who, "compare")
                .compare(
                    corpus, one, two, pair, found -> ComparedCorpus.of(found, phrases, summary)));
  }

  private CorpusWork work(WorkStages stages, Caller who, String why) {
    return new CorpusWork(platform.corpora(), pool.loading(), stages, Cause.now(who.name(), why));
  }

  @Override
  public JobService.Job errors(String name, Caller who) {
    var corpus = open(name);
    return jobs.start("Errors of corpus " + name, who, stages -> SuspectPhrases.of(corpus));
  }

  private static List<Snippet> snippets(
      ComparedPair found, Measure measure, Query query, IntPredicate keep) {
    List<Snippet> snippets = new ArrayList<>();
    io.modeldiff.analysis.lmdiff.comparison.Ranking.Order order =
        query.order().equals("ascending")
            ? io.modeldiff.analysis.lmdiff.comparison.Ranking.Order.ASCENDING
            : io.modeldiff.analysis.lmdiff.comparison.Ranking.Order.DESCENDING;
    for (var ranked :
        io.modeldiff.analysis.lmdiff.comparison.Ranking.top(
            found.table(), measure, order, query.byAbsolute(), query.limit(), keep)) {
      String text = found.corpus().get(ranked.phrase()).text();
      snippets.add(
          new Snippet(ranked.phrase(), text, ranked.value(), found.table().tokens()[ranked.row()]));
    }
    return snippets;
  }
}
