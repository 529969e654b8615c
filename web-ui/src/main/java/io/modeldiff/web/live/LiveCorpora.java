package io.modeldiff.web.live;

import io.modeldiff.analysis.lmdiff.cache.CacheAnalysis;
import io.modeldiff.analysis.lmdiff.cache.ChunkedCache;
import io.modeldiff.analysis.lmdiff.cache.ScoringRules;
import io.modeldiff.analysis.lmdiff.comparison.ComparisonTable;
import io.modeldiff.analysis.lmdiff.comparison.CorpusComparison;
import io.modeldiff.analysis.lmdiff.comparison.CorpusMeans;
import io.modeldiff.analysis.lmdiff.comparison.Histogram;
import io.modeldiff.analysis.lmdiff.corpus.ImportOptions;
import io.modeldiff.analysis.lmdiff.corpus.ListCorpus;
import io.modeldiff.analysis.lmdiff.measure.Measure;
import io.modeldiff.analysis.lmdiff.measure.TokenDifferences;
import io.modeldiff.analysis.lmdiff.store.FileBlobStore;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.registry.RegistryEvent.CorpusRegistered;
import io.modeldiff.core.registry.RegistryEvent.ModelRegistered;
import io.modeldiff.core.work.WorkMonitor;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
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
import java.util.regex.Pattern;

/** Corpora in the registry; their texts and what models made of them lie in the data directory. */
final class LiveCorpora implements CorpusService {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final long SEED = 1;
  private static final double HALF_95 = 1.96;

  private final RunningPlatform platform;
  private final LiveModels models;
  private final ModelPool pool;
  private final Path directory;

  LiveCorpora(RunningPlatform platform, LiveModels models, ModelPool pool) {
    this.platform = platform;
    this.models = models;
    this.pool = pool;
    this.directory = platform.platform().directory().layout().corpora();
  }

  private Map<String, CorpusRegistered> registered() {
    return RunningPlatform.await(platform.replicas().registry().all()).corpora();
  }

  @Override
  public List<Corpus> list() {
    return registered().values().stream().map(c -> corpus(c)).toList();
  }

  private static Corpus corpus(CorpusRegistered c) {
    return new Corpus(c.name(), "text", Math.toIntExact(c.texts()), c.hash(), "");
  }

  @Override
  public Corpus add(String name, String content, Caller who) {
    who.require(Permission.OPERATE);
    if (!NAME.matcher(name).matches()) {
      throw UserException.badInput(
          "A corpus' name is 1 to 64 letters, digits or . _ -, but was '" + name + "'.");
    }
    if (registered().containsKey(name)) {
      throw UserException.badInput(
          "There is a corpus '" + name + "' already; choose another name.");
    }
    Path file = directory.resolve(name + ".txt");
    try {
      Files.createDirectories(directory);
      Files.writeString(file, content);
    } catch (IOException e) {
      throw UserException.failed("The corpus cannot be stored as " + file + ".", e);
    }
    ListCorpus read = ListCorpus.read(file, ImportOptions.DEFAULTS.named(name));
    RunningPlatform.await(
        platform
            .replicas()
            .registry()
            .register(
                new CorpusRegistered(
                    name,
                    file.toString(),
                    read.info().checksum(),
                    read.phrases().size(),
                    Cause.now(who.name(), "register"))));
    return new Corpus(
        name,
        read.info().type(),
        read.phrases().size(),
        read.info().checksum(),
        String.join(" ", read.info().warnings()));
  }

  @Override
  public Ranking ranking(Query query) {
    CorpusRegistered found = registered().get(query.corpus());
    if (found == null) {
      throw new NotFoundException("corpus", query.corpus());
    }
    Measure measure = Measure.named(query.metric());
    ListCorpus corpus =
        ListCorpus.read(Path.of(found.path()), ImportOptions.DEFAULTS.named(found.name()));
    ComparisonTable table = table(corpus, query);
    if (!table.has(measure)) {
      throw UserException.badInput(
          "The measure " + query.metric() + " needs two models with one vocabulary.");
    }
    double[] column = table.column(measure);
    Histogram histogram = Histogram.of(column, query.bins());
    CorpusMeans means = CorpusMeans.of(column, SEED);
    return new Ranking(
        query,
        Arrays.stream(histogram.edges()).boxed().toList(),
        Arrays.stream(histogram.counts()).boxed().toList(),
        means.mean(),
        (means.high() - means.low()) / (2 * HALF_95),
        snippets(corpus, table, measure, query));
  }

  private ComparisonTable table(ListCorpus corpus, Query query) {
    ModelRegistered a = models.find(query.a());
    ModelRegistered b = models.find(query.b());
    return pool.with(
        a,
        b,
        (one, two) ->
            CorpusComparison.compare(
                cache(one, a, corpus),
                cache(two, b, corpus),
                TokenDifferences.DEFAULT_CLAMP,
                done -> {}));
  }

  // What a model said of a corpus is kept, so that only the first ranking has to score it.
  private ChunkedCache cache(LanguageModel model, ModelRegistered name, ListCorpus corpus) {
    Path place =
        directory
            .resolve("caches")
            .resolve(corpus.info().checksum() + "-" + CacheAnalysis.modelIdentity(model.info()));
    return CacheAnalysis.run(
        model,
        name.name(),
        corpus,
        new FileBlobStore(place),
        CacheAnalysis.TOP_K,
        ScoringRules.STANDARD,
        WorkMonitor.silent());
  }

  private static List<Snippet> snippets(
      ListCorpus corpus, ComparisonTable table, Measure measure, Query query) {
    List<Snippet> snippets = new ArrayList<>();
    io.modeldiff.analysis.lmdiff.comparison.Ranking.Order order =
        query.order().equals("ascending")
            ? io.modeldiff.analysis.lmdiff.comparison.Ranking.Order.ASCENDING
            : io.modeldiff.analysis.lmdiff.comparison.Ranking.Order.DESCENDING;
    for (var ranked :
        io.modeldiff.analysis.lmdiff.comparison.Ranking.top(
            table, measure, order, query.byAbsolute(), query.limit(), row -> true)) {
      String text = corpus.get(ranked.phrase()).text();
      snippets.add(
          new Snippet(ranked.phrase(), text, ranked.value(), table.tokens()[ranked.row()]));
    }
    return snippets;
  }
}
