package io.modeldiff.core.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the operating system says about processes that may not be our children. */
final class OsProcess {
  private OsProcess() {}

  /**
   * The arguments of a process; empty when it is gone, is a zombie, or belongs to somebody else.
   */
  static List<String> arguments(ProcessHandle process) {
    Path cmdline = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    try {
      if (Files.isReadable(cmdline)) {
        String line = new String(Files.readAllBytes(cmdline), StandardCharsets.UTF_8);
        return line.isEmpty() ? List.of() : List.of(line.split("\0"));
      }
    } catch (IOException e) {
      return List.of(); // it ended while we looked
    }
    Optional<String[]> arguments = process.info().arguments();
    return arguments.map(Arrays::asList).orElse(List.of());
  }

  /** All live processes that were started with exactly this argument. */
  static List<ProcessHandle> withArgument(String argument) {
    return ProcessHandle.allProcesses()
        .filter(process -> arguments(process).contains(argument))
        .toList();
  }

  /**
   * Whether the process runs. One that ended and that nobody has waited for does not, but only when
   * its last thread is gone: until then it holds its ports and files.
   */
  static boolean isAlive(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    try {
      if (!Files.isReadable(proc.resolve("stat"))) {
        return process.isAlive();
      }
      String stat = Files.readString(proc.resolve("stat"));
      boolean ended = stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
      try (Stream<Path> threads = Files.list(proc.resolve("task"))) {
        return !ended || threads.count() > 1;
      }
    } catch (IOException e) {
      return false;
    }
  }

  /** Asks the process to end and, when it does not within the time, ends it. */
  static void stop(ProcessHandle process, Duration patience) throws InterruptedException {
    process.destroy();
    if (!awaitEnd(process, patience)) {
      process.destroyForcibly();
      awaitEnd(process, patience);
    }
  }

  /** Waits for the end of the process; false when it still runs after that time. */
  static boolean awaitEnd(ProcessHandle process, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (isAlive(process)) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(20);
    }
    return true;
  }
}
