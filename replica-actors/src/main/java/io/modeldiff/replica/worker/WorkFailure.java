package io.modeldiff.replica.worker;

import io.modeldiff.core.error.UserException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;

/** What to say when work on a model fails. */
final class WorkFailure {
  private WorkFailure() {}

  static Throwable unwrapped(Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }

  /** One sentence for the user; anything unexpected goes to the log with its trace. */
  static String sentence(Throwable error, String work, Logger log) {
    if (error instanceof UserException) {
      return String.valueOf(error.getMessage());
    }
    log.error("{} failed", work, error);
    return work + " failed (" + error + "); see the worker's log, then resume the campaign.";
  }
}
