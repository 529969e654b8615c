package io.modeldiff.web.cli;

import io.modeldiff.web.cli.console.Console;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import picocli.CommandLine;

/** Entry point of the {@code modeldiff} command line. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    Console console = Console.ofProcess();
    int code = run(console, args);
    console.stop().finished();
    System.exit(code);
  }

  /**
   * Runs one command and returns its exit code: 0 done, 1 failed, 2 bad usage, 3 a stated condition
   * holds, 130 stopped.
   */
  public static int run(Console console, String... args) {
    Problems problems = new Problems(console);
    try {
      return commandLine(console, problems).execute(args);
    } catch (Throwable unexpected) { // errors, which picocli lets through: OutOfMemoryError, ...
      return problems.report(unexpected);
    }
  }

  private static CommandLine commandLine(Console console, Problems problems) {
    CommandLine line = new CommandLine(ModeldiffCommand.class, new ConsoleFactory(console));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new java.io.PrintWriter(console.out(), true));
    line.setErr(new java.io.PrintWriter(console.err(), true));
    line.setParameterExceptionHandler(problems::badUsage);
    line.setExecutionExceptionHandler((e, command, parsed) -> problems.report(e));
    return line;
  }

  /** Creates commands, which take the console, and picocli's own helpers, which do not. */
  private record ConsoleFactory(Console console) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        if (constructor.getParameterCount() == 1
            && constructor.getParameterTypes()[0] == Console.class) {
          return type.cast(construct(constructor));
        }
      }
      return CommandLine.defaultFactory().create(type);
    }

    private Object construct(Constructor<?> constructor) throws Exception {
      constructor.setAccessible(true);
      try {
        return constructor.newInstance(console);
      } catch (InvocationTargetException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }
  }
}
