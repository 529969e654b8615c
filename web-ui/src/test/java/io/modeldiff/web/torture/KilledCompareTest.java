package io.modeldiff.web.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The command {@code compare} as a real process on a real store, killed with -9 at random moments
 * and given again: both campaigns' histories and the printed result are the same to the last bit as
 * without kills.
 */
class KilledCompareTest {
  private static final long SEED = 20261122;
  private static final Duration START_PATIENCE = Duration.ofMinutes(4);
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  @TempDir Path folder;

  /** What dies. */
  private enum Victim {
    PROCESS,
    STORE,
    BOTH
  }

  /**
   * How much there is to compute.
   *
   * @param evaluations for each of the two models
   * @param calm longest time from the beginning of sampling to a kill
   * @param sampling how it is sampled, as options
   */
  private record Load(long evaluations, Duration calm, List<String> sampling) {}

  private static final List<String> LADDER = List.of("--lanes", "16", "--ladder", "0.6,0.8,1,1.2");
  private static final Load SHORT = new Load(3_000, Duration.ofSeconds(3), LADDER);
  private static final Load LONG = new Load(30_000, Duration.ofSeconds(7), LADDER);

  static Stream<List<String>> methods() {
    return Stream.of(
        List.of("--method", "smc"),
        List.of("--method", "wang-landau"),
        List.of("--method", "paper", "--kernels", "metropolis", "--lanes", "16"),
        List.of("--method", "paper", "--temperatures", "0.05,0.08,0.125,0.2", "--lanes", "16"),
        List.of("--lanes", "16", "--ladder", "0.25,0.5,1", "--target-error", "0.06"));
  }

  @ParameterizedTest
  @MethodSource("methods")
  @Tag("heavy")
  void compare_everyMethodAndATargetError_isBitIdenticalAfterKills(List<String> sampling)
      throws Exception {
    Load load = new Load(20_000, Duration.ofSeconds(6), sampling);
    Left calm = run("calm", List.of(), load, SEED);
    List<Victim> victims = List.of(Victim.PROCESS, Victim.BOTH, Victim.PROCESS);
    assertThat(run("stormy", victims, load, SEED)).as("%s", sampling).isEqualTo(calm);
  }

  /** What a run leaves: the document that it printed, and fingerprints of its histories. */
  private record Left(String result, String historyA, String historyB) {}

  private final List<Path> used = new ArrayList<>();

  @AfterEach
  void stopWhatIsLeft() throws InterruptedException {
    for (Path data : used) {
      Optional<ProcessHandle> store = Signals.store(data);
      if (store.isPresent()) {
        Signals.kill(store.get());
      }
    }
  }

  @Test
  void compare_afterAKillOfEachKind_isBitIdentical() throws Exception {
    Left calm = run("calm", List.of(), SHORT, SEED);
    List<Victim> victims = List.of(Victim.STORE, Victim.BOTH, Victim.PROCESS);
    assertThat(run("stormy", victims, SHORT, SEED)).as("seed %d", SEED).isEqualTo(calm);
  }

  @ParameterizedTest
  @EnumSource(Victim.class)
  @Tag("heavy")
  void compare_afterTenKillsOfAKind_isBitIdentical(Victim victim) throws Exception {
    Left calm = run("calm", List.of(), LONG, SEED);
    long seed = SEED + 1 + victim.ordinal();
    Left left = run(victim.name(), Collections.nCopies(10, victim), LONG, seed);
    assertThat(left).as("%s, seed %d", victim, seed).isEqualTo(calm);
    System.out.printf("%s killed 10 times, seed %d: equal, %s%n", victim, seed, left.historyA());
  }

  private Left run(String name, List<Victim> victims, Load load, long seed) throws Exception {
    Random random = new Random(seed);
    Deque<Victim> left = new ArrayDeque<>(victims);
    Path data = folder.resolve(name);
    used.add(data);
    for (int start = 0; ; start++) {
      try (ChildProcess process =
          ChildProcess.start(folder, name + "-" + start, command(data, load))) {
        boolean alive = true;
        while (alive && !left.isEmpty()) {
          Victim victim = left.remove();
          waitForAMoment(process, data, random, load.calm());
          System.out.printf("%tT %s start %d: kill %s%n", new Date(), name, start, victim);
          assertThat(process.alive()).as("it outlasts the kills: %s", process.notes()).isTrue();
          kill(victim, process, data);
          alive = victim == Victim.STORE;
        }
        if (alive) {
          assertThat(process.awaitEnd(PATIENCE)).as(process.notes()).isTrue();
          assertThat(process.exitCode()).as(process.notes()).isZero();
          return left(data, process.output());
        }
      }
    }
  }

  private static List<String> command(Path data, Load load) {
    List<String> command = new ArrayList<>(List.of("compare", "--json", "--length", "8"));
    command.addAll(List.of("--a", model("small-toy"), "--b", model("large-toy")));
    command.addAll(List.of("--z", "1.74:2.00", "--seed", "7"));
    command.addAll(load.sampling());
    command.addAll(List.of("--evaluations", Long.toString(load.evaluations())));
    command.addAll(List.of("--data", data.toString()));
    return command;
  }

  private static String model(String name) {
    return Path.of("..", "models", name).toAbsolutePath().normalize().toString();
  }

  /** One kill in five strikes while the process starts, the others while it samples. */
  private static void waitForAMoment(ChildProcess process, Path data, Random random, Duration calm)
      throws InterruptedException {
    boolean whileStarting = random.nextInt(5) == 0;
    long millis = (long) (random.nextDouble() * calm.toMillis());
    if (!whileStarting) {
      process.awaitNote("Comparison", START_PATIENCE);
      while (process.alive() && Signals.store(data).isEmpty()) {
        Thread.sleep(100); // a store that was killed a moment ago is being started again
      }
    }
    Thread.sleep(millis);
  }

  private static void kill(Victim victim, ChildProcess process, Path data)
      throws InterruptedException {
    if (victim != Victim.STORE) {
      process.kill();
    }
    Optional<ProcessHandle> store = Signals.store(data);
    if (victim != Victim.PROCESS && store.isPresent()) {
      Signals.kill(store.get());
    }
  }

  private static Left left(Path data, String document) throws Exception {
    var campaigns = new ObjectMapper().readTree(document).get("campaigns");
    try (Inspection inspection = Inspection.of(data, sentence -> {})) {
      assertThat(inspection.journal().missing()).isEmpty();
      assertThat(inspection.journal().twice()).isEmpty();
      return new Left(
          document,
          inspection.fingerprint(campaigns.get("A").asText()).sha256(),
          inspection.fingerprint(campaigns.get("B").asText()).sha256());
    }
  }
}
