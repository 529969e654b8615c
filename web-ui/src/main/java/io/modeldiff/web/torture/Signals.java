package io.modeldiff.web.torture;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.store.DataLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Signals to processes, by their ids. */
final class Signals {
  private Signals() {}

  static void pause(long pid) throws InterruptedException {
    send("STOP", pid);
  }

  static void goOn(long pid) throws InterruptedException {
    send("CONT", pid);
  }

  /** Kill -9, and waits for the end. */
  static void kill(ProcessHandle process) throws InterruptedException {
    process.destroyForcibly();
    Path proc = Path.of("/proc", Long.toString(process.pid()), "task");
    while (process.isAlive() && Files.exists(proc) && !isZombie(process.pid())) {
      Thread.sleep(20);
    }
  }

  private static boolean isZombie(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
    } catch (IOException e) {
      return true; // it ended while we looked
    }
  }

  /** The embedded Cassandra of a data directory, when one runs. */
  static Optional<ProcessHandle> store(Path data) {
    Path cassandra = new DataLayout(data).cassandra();
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(cassandra.resolve("pid")).strip()))
          .filter(
              p ->
                  p.isAlive()
                      && !isZombie(p.pid())
                      && commandLine(p).contains(cassandra.toString()));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Process ids are given out again: what has the remembered one may be anything by now. */
  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return ""; // it ended while we looked
    }
  }

  private static void send(String signal, long pid) throws InterruptedException {
    try {
      Process kill = new ProcessBuilder(List.of("kill", "-" + signal, Long.toString(pid))).start();
      kill.waitFor();
    } catch (IOException e) {
      throw UserException.failed(
          "Signals cannot be sent here ("
              + e.getMessage()
              + "); pauses need the program 'kill' of a Unix system.",
          e);
    }
  }
}
