package io.modeldiff.replica.worker;

import io.modeldiff.core.error.UserException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;

/** What to say when work on a model fails. */
final class WorkFailure {
  private WorkFailure() {}

  /** How often a call may hang on one worker before the work is given to another. */
  static final int HANGS_BORNE = 2;

  /** What a campaign is told when calls hang and there is no other worker. */
  static String hangs(String work) {
    return work
        + " was given up: the model's calls hang time after time on the only worker; restart it,"
        + " then resume the campaign.";
  }

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
