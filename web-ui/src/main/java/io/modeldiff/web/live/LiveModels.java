package io.modeldiff.web.live;

import io.modeldiff.analysis.lmdiff.cache.VocabularyHash;
import io.modeldiff.analysis.lmdiff.instance.Comparability;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.core.registry.LocalModels;
import io.modeldiff.core.registry.RegisteredModel;
import io.modeldiff.core.registry.RegistryEvent.ModelRegistered;
import io.modeldiff.replica.api.Registry;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.corpus.TextGenerator;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.service.JobService;
import io.modeldiff.web.service.ModelService;
import io.modeldiff.web.service.NotFoundException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Models in the platform's registry. */
final class LiveModels implements ModelService {
  private static final int GROUP_DIGITS = 6;
  private static final long MOST_TOKENS = 1_000_000;

  private final Registry registry;
  private final LocalModels local;
  private final ModelPool pool;
  private final LiveJobs jobs;
  private final Map<String, String> groups = new ConcurrentHashMap<>();

  /**
   * @param local what commands on the same data directory find models by
   */
  LiveModels(Registry registry, LocalModels local, ModelPool pool, LiveJobs jobs) {
    this.registry = registry;
    this.local = local;
    this.pool = pool;
    this.jobs = jobs;
  }

  @Override
  public List<Model> list() {
    return registered().stream().map(this::model).toList();
  }

  private Collection<ModelRegistered> registered() {
    return RunningPlatform.await(registry.all()).models().values();
  }

  @Override
  public Model get(String name) {
    return model(find(name));
  }

  /** What the registry says about a name. */
  ModelRegistered find(String name) {
    ModelRegistered found = RunningPlatform.await(registry.all()).models().get(name);
    if (found == null) {
      throw new NotFoundException("model", name);
    }
    return found;
  }

  /** A registered model as campaigns refer to it. */
  static ModelRef ref(ModelRegistered model) {
    return new ModelRef(model.name(), model.path(), model.hash(), "auto");
  }

  @Override
  public Model add(String name, String directory, Caller who) {
    who.require(Permission.OPERATE);
    LocalModels.requireName(name);
    ModelDirectory opened = ModelDirectory.open(path(directory));
    ModelInfo info = opened.info("auto", "cpu");
    ModelRegistered model =
        new ModelRegistered(
            name,
            opened.path().toString(),
            info.hash(),
            info.architecture(),
            info.kind().name().toLowerCase(Locale.ROOT),
            info.vocabulary(),
            info.positions(),
            info.parameters(),
            Cause.now(who.name(), "register"));
    Collection<ModelRegistered> all =
        RunningPlatform.await(registry.register(model)).models().values();
    local.write(all.stream().map(RegisteredModel::of).toList());
    return get(name);
  }

  private static Path path(String directory) {
    try {
      return Path.of(directory);
    } catch (InvalidPathException e) {
      throw UserException.badInput("No directory can have this name: " + e.getReason() + ".", e);
    }
  }

  @Override
  public JobService.Job generate(String name, TextGenerator how, Caller who) {
    who.require(Permission.OPERATE);
    if ((long) how.count() * how.length() > MOST_TOKENS) {
      throw UserException.badInput(
          String.format(
              Locale.ROOT,
              "%d texts of %d tokens are more than the %d tokens that the platform generates at a"
                  + " time; ask for fewer.",
              how.count(),
              how.length(),
              MOST_TOKENS));
    }
    ModelDirectory directory = pool.directory(find(name));
    return jobs.start(
        "Texts of model " + name,
        who,
        stages -> {
          // A model of its own: pages must not wait for the pool's meanwhile.
          try (LanguageModel model = ModelLoader.load(directory, pool.loading())) {
            return new GeneratedTexts(name, how.texts(model, stages));
          }
        });
  }

  @Override
  public Compatibility compatibility(String a, String b) {
    ModelDirectory one = pool.directory(find(a));
    ModelDirectory two = pool.directory(find(b));
    Comparability found =
        Comparability.of(
            one.info("auto", "cpu"), one.tokenizer(), two.info("auto", "cpu"), two.tokenizer());
    return new Compatibility(found.sameTokens(), found.reason());
  }

  private Model model(ModelRegistered m) {
    return new Model(
        m.name(),
        m.hash(),
        m.architecture(),
        m.kind(),
        m.vocabulary(),
        m.positions(),
        m.parameters(),
        m.path(),
        groups.computeIfAbsent(m.hash(), hash -> group(m)));
  }

  // A directory that vanished must not hide the rest of the list.
  private String group(ModelRegistered model) {
    try {
      return VocabularyHash.of(pool.directory(model).tokenizer().vocabulary())
          .substring(0, GROUP_DIGITS);
    } catch (UserException e) {
      return "files missing";
    }
  }
}
