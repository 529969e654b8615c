package io.modeldiff.web.cli;

import io.modeldiff.core.error.UserException;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.StopSignal;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever ended a command into one sentence on stderr and an exit code. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private final Console console;

  Problems(Console console) {
    this.console = console;
  }

  /** Bad usage: what is wrong, and where the help is. */
  int badUsage(ParameterException e, String[] args) {
    UserException own = find(e, UserException.class);
    if (own != null) {
      return report(own);
    }
    CommandLine command = e.getCommandLine();
    if (e instanceof UnmatchedArgumentException unmatched
        && !command.getSubcommands().isEmpty()
        && !unmatched.getUnmatched().isEmpty()) {
      say(unknownCommand(command, unmatched));
      return UserException.BAD_INPUT;
    }
    String sentence = Objects.requireNonNullElse(e.getMessage(), "Bad usage").strip();
    say(
        (sentence.endsWith(".") ? sentence : sentence + ".")
            + " See "
            + command.getCommandSpec().qualifiedName()
            + " --help.");
    return UserException.BAD_INPUT;
  }

  private static String unknownCommand(CommandLine command, UnmatchedArgumentException e) {
    List<String> suggestions = e.getSuggestions();
    String name = command.getCommandSpec().qualifiedName();
    String hint =
        suggestions.isEmpty()
            ? "See " + name + " --help."
            : "Did you mean " + String.join(" or ", suggestions) + "?";
    return name + " has no command or option '" + e.getUnmatched().get(0) + "'. " + hint;
  }

  /** Anything else that ended the command. */
  int report(Throwable problem) {
    if (find(problem, CancellationException.class) != null || console.stop().requested()) {
      say("Stopped.");
      return StopSignal.EXIT_CODE;
    }
    UserException own = find(problem, UserException.class);
    if (own != null) {
      LOG.debug("User error", own);
      say(own.getMessage());
      return own.exitCode();
    }
    if (find(problem, OutOfMemoryError.class) != null) {
      say(
          "The Java heap of "
              + Runtime.getRuntime().maxMemory() / (1 << 20)
              + " MB is too small for this; give more, for example MODELDIFF_HEAP=4g modeldiff ...");
      return UserException.FAILED;
    }
    LOG.error("Unexpected failure", problem);
    say("Something unexpected failed (" + problem + "); the details are in " + Logs.file() + ".");
    return UserException.FAILED;
  }

  private void say(@Nullable String sentence) {
    console.note("modeldiff: " + sentence);
  }

  private static <T extends Throwable> @Nullable T find(Throwable problem, Class<T> type) {
    for (Throwable t = problem; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
