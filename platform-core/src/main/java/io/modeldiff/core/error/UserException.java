package io.modeldiff.core.error;

/**
 * A mistake or a situation that a person can act on. The message is one sentence that names the
 * file, field or value, what was expected, and what to do; it is shown without a stack trace.
 */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Exit code for work that failed. */
  public static final int FAILED = 1;

  /** Exit code for bad usage or bad input. */
  public static final int BAD_INPUT = 2;

  /** Exit code for a finished result that a condition of the user's stands against. */
  public static final int CONDITION_HOLDS = 3;

  private final int exitCode;

  private UserException(int exitCode, String sentence, Throwable cause) {
    super(sentence, cause);
    this.exitCode = exitCode;
  }

  private UserException(int exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  /** Bad usage or bad input: exit code 2, or a 4xx answer of the API. */
  public static UserException badInput(String sentence) {
    return new UserException(BAD_INPUT, sentence);
  }

  /** Bad usage or bad input, found through another exception. */
  public static UserException badInput(String sentence, Throwable cause) {
    return new UserException(BAD_INPUT, sentence, cause);
  }

  /** The work itself failed: exit code 1. */
  public static UserException failed(String sentence) {
    return new UserException(FAILED, sentence);
  }

  /** The work itself failed because of another exception: exit code 1. */
  public static UserException failed(String sentence, Throwable cause) {
    return new UserException(FAILED, sentence, cause);
  }

  /** The work is done, and what the user asked to be told of is so: exit code 3. */
  public static UserException conditionHolds(String sentence) {
    return new UserException(CONDITION_HOLDS, sentence);
  }

  /** The process exit code that this error asks for: 1, 2 or 3. */
  public int exitCode() {
    return exitCode;
  }
}
