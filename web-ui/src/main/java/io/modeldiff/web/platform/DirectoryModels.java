package io.modeldiff.web.platform;

import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.replica.worker.ModelSource;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Models from directories, refused when their files are not those that the work was started with.
 */
public final class DirectoryModels implements ModelSource {
  private final String device;
  private final AtomicInteger loaded = new AtomicInteger();

  /**
   * @param device {@code cpu}, {@code cuda}, {@code cuda:1} or {@code auto}
   */
  public DirectoryModels(String device) {
    this.device = device;
  }

  @Override
  public LanguageModel load(ModelRef ref) {
    ModelDirectory directory = ModelDirectory.open(Path.of(ref.path()));
    if (!directory.hashes().combined().equals(ref.hash())) {
      throw UserException.failed(
          "The files of model "
              + ref.name()
              + " in "
              + ref.path()
              + " are not those that this work was started with; put the original files back, or"
              + " start anew with the changed model.");
    }
    return ModelLoader.load(directory, new LoadOptions(place(), ref.dtype()));
  }

  /** On the CPU every further model gets a thread of its own, as long as there are cores for it. */
  private String place() {
    if (!device.equals("cpu")) {
      return device;
    }
    int threads = Integer.getInteger("ai.djl.pytorch.num_threads", 1);
    int places = Math.max(1, Runtime.getRuntime().availableProcessors() / Math.max(1, threads));
    return "cpu:" + loaded.getAndIncrement() % places;
  }
}
