package io.modeldiff.web.torture;

import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The {@code modeldiff} command line as a process of its own, with this one's class path. What it
 * prints goes to two files, {@code NAME.out} and {@code NAME.err}, which outlive it.
 */
final class ChildProcess implements AutoCloseable {
  /** By name: the command line knows this package, not the other way round. */
  private static final String MAIN = "io.modeldiff.web.cli.Main";

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

  private final Process process;
  private final Path out;
  private final Path err;

  private ChildProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts a command.
   *
   * @param logs folder of what it prints
   * @param name of the two files
   */
  static ChildProcess start(Path logs, String name, List<String> arguments) {
    Path out = logs.resolve(name + ".out");
    Path err = logs.resolve(name + ".err");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(List.of("-Xlog:disable", "-Xmx640m", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8"));
    command.add("-Dlogback.configurationFile=logback.xml");
    command.add("-Dmodeldiff.logs=" + logs.resolve(name + "-log"));
    command.addAll(inherited());
    command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    command.add(MAIN);
    command.addAll(arguments);
    try {
      Files.createDirectories(logs);
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      STARTED.add(process);
      process.getOutputStream().close();
      return new ChildProcess(process, out, err);
    } catch (IOException e) {
      throw UserException.failed("A process could not be started: " + e.getMessage() + ".", e);
    }
  }

  /** The program's own settings, without what belongs to this process alone. */
  private static List<String> inherited() {
    List<String> settings = new ArrayList<>();
    for (Map.Entry<Object, Object> property : System.getProperties().entrySet()) {
      String name = String.valueOf(property.getKey());
      boolean ours = name.startsWith("modeldiff.") || name.startsWith("ai.djl.");
      if (ours && !name.equals("modeldiff.logs") && !name.equals("modeldiff.terminal")) {
        settings.add("-D" + name + "=" + property.getValue());
      }
    }
    if (System.getProperty("ai.djl.pytorch.num_threads") == null) {
      settings.add("-Dai.djl.pytorch.num_threads=1");
      settings.add("-Dai.djl.pytorch.num_interop_threads=1");
    }
    return settings;
  }

  /** Kill -9 to every process that was started and still runs. */
  static void killAll() {
    STARTED.forEach(Process::destroyForcibly);
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Kill -9, and waits for the end. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /** SIGTERM, and waits for the end; kill -9 when it takes too long. Returns the exit code. */
  int terminate(Duration patience) throws InterruptedException {
    process.toHandle().destroy();
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
    }
    return process.exitValue();
  }

  /** SIGTERM, without waiting for the end. */
  void askToEnd() {
    process.toHandle().destroy();
  }

  /** SIGSTOP: it stands still until {@link #goOn}. */
  void pause() throws InterruptedException {
    Signals.pause(process.pid());
  }

  /** SIGCONT. */
  void goOn() throws InterruptedException {
    Signals.goOn(process.pid());
  }

  /** Waits for the end; false when it still runs after that time. */
  boolean awaitEnd(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The exit code of a process that has ended. */
  int exitCode() {
    return process.exitValue();
  }

  /** All of stdout so far. */
  String output() {
    return read(out);
  }

  /** All of stderr so far. */
  String notes() {
    return read(err);
  }

  /** What follows a word in the last line of stderr that begins with it, if there is one. */
  Optional<String> note(String beginning) {
    return notes()
        .lines()
        .filter(line -> line.startsWith(beginning))
        .reduce((first, second) -> second)
        .map(line -> line.substring(beginning.length()).strip());
  }

  /** Waits for a line of stderr; empty when the process ended or took too long. */
  Optional<String> awaitNote(String beginning, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() - deadline < 0) {
      boolean ended = !alive();
      Optional<String> found = note(beginning);
      if (found.isPresent() || ended) {
        return found;
      }
      Thread.sleep(LOOK_EVERY.toMillis());
    }
    return Optional.empty();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw UserException.failed(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
