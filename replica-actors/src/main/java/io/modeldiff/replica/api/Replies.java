package io.modeldiff.replica.api;

import io.modeldiff.core.error.UserException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.pattern.StatusReply;

/** Turns what actors answer into values and errors that a person can act on. */
final class Replies {
  private Replies() {}

  /** The value, or a {@link UserException} with the refusal as its sentence. */
  static <T> CompletionStage<T> orUserException(CompletionStage<T> answer, String what) {
    return answer.exceptionallyCompose(
        error -> {
          throw new CompletionException(readable(error, what));
        });
  }

  private static UserException readable(Throwable error, String what) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    if (cause instanceof StatusReply.ErrorMessage) {
      return UserException.badInput(String.valueOf(cause.getMessage()));
    }
    if (cause instanceof TimeoutException) {
      return UserException.failed(
          what
              + " did not answer in time; the store or the coordinator may be down: see 'modeldiff"
              + " doctor' and the log, then try again.",
          cause);
    }
    return cause instanceof UserException user
        ? user
        : UserException.failed(what + " failed (" + cause + "); see the log.", cause);
  }
}
