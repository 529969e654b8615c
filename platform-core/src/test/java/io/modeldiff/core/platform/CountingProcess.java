package io.modeldiff.core.platform;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A real process of the platform on an embedded store: prints what its counter recovered and the
 * store's process, then every step that was acknowledged, until it is killed.
 */
public final class CountingProcess {
  private CountingProcess() {}

  public static void main(String[] args) throws Exception {
    var options = PlatformOptions.local(Path.of(args[0])).withOverrides(ConfigFactory.empty());
    Platform platform = Platform.start(options, sentence -> System.out.println("SAY " + sentence));
    ActorRef<Counter.Command> counter = Counters.spawn(platform.system(), "c");
    long steps =
        Counters.<Counter.Total>ask(
                platform.system(), counter, Counter.Get::new, Duration.ofSeconds(60))
            .steps();
    System.out.println("RECOVERED " + steps);
    System.out.println("STORE " + platform.store().embeddedServer().orElseThrow().pid());
    for (long step = steps + 1; ; step++) {
      add(platform, counter, step);
      System.out.println("ACK " + step);
    }
  }

  private static void add(Platform platform, ActorRef<Counter.Command> counter, long step) {
    while (true) {
      try {
        Counters.<Counter.Total>ask(
            platform.system(), counter, to -> new Counter.Add(step, to), Duration.ofSeconds(3));
        return;
      } catch (CompletionException e) {
        System.out.println("RETRY " + step);
      }
    }
  }
}
