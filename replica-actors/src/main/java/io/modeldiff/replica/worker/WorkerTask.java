package io.modeldiff.replica.worker;

import java.util.concurrent.CompletionStage;

/**
 * A kind of work on a model that another module brings to the workers, such as scoring a piece of a
 * corpus. It stores its own results, under names that follow from the request, so that doing it
 * twice is harmless.
 */
@FunctionalInterface
public interface WorkerTask {
  /** Calls of the model that the request is about, one after another on the model's thread. */
  @FunctionalInterface
  interface Calls {
    /** Runs work on the loaded model; a call must end within the worker's call limit. */
    <T> CompletionStage<T> submit(ModelHost.Work<T> work);
  }

  /**
   * Does what a request says; must not block the caller.
   *
   * @param request as the asker wrote it
   * @return a short answer; results themselves belong into the store
   */
  CompletionStage<String> run(String request, Calls model);
}
