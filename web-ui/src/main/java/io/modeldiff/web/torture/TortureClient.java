package io.modeldiff.web.torture;

import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.service.CampaignControl;
import io.modeldiff.web.service.CampaignControl.Action;
import io.modeldiff.web.service.CampaignControl.Change;
import io.modeldiff.web.service.CampaignControl.Standing;
import io.modeldiff.web.service.CampaignControl.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who uses a tortured platform: starts the work, asks how it goes, pauses and resumes a
 * campaign now and then, tries again whenever nobody answers, and remembers what was acknowledged.
 */
final class TortureClient implements Runnable {
  private static final long LOOK_EVERY_MILLIS = 300;
  private static final double[] INTERRUPTIONS = {0.25, 0.5, 0.75};
  static final String DONE = "done";

  private final Supplier<Optional<Access>> platform;
  private final TortureWork work;
  private final Map<String, Long> rounds = new ConcurrentHashMap<>();
  private final List<String> requests = new ArrayList<>();
  private volatile double share;
  private volatile boolean finished;
  private volatile @Nullable String failure;
  private volatile long roundsSeen;

  /**
   * How a platform is reached.
   *
   * @param campaigns its campaigns
   * @param phase the word of the phase in which a comparison is
   */
  record Access(CampaignControl campaigns, UnaryOperator<String> phase) {}

  TortureClient(Supplier<Optional<Access>> platform, TortureWork work) {
    this.platform = platform;
    this.work = work;
  }

  /** Share of the work that is done, as last seen. */
  double share() {
    return share;
  }

  /** Rounds closed in both campaigns, as last seen. */
  long roundsSeen() {
    return roundsSeen;
  }

  /** Whether the comparison is complete. */
  boolean finished() {
    return finished;
  }

  /** Why it gave up, if it did. */
  @Nullable String failure() {
    return failure;
  }

  /** Acknowledged rounds of each campaign. */
  Map<String, Long> rounds() {
    return rounds;
  }

  /** Ids of acknowledged requests to the first campaign. */
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void run() {
    try {
      begin();
      int interrupted = 0;
      while (!finished) {
        look();
        if (interrupted < INTERRUPTIONS.length && share >= INTERRUPTIONS[interrupted]) {
          interrupt("interruption-" + ++interrupted);
        }
        finished = DONE.equals(until(p -> p.phase().apply(work.comparison().id())));
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = String.valueOf(e.getMessage());
    }
  }

  private void begin() throws InterruptedException {
    acknowledged("begin-a", wish -> p -> p.campaigns().begin(work.a(), null, wish, Caller.local()));
    until(p -> p.campaigns().begin(work.b(), null, new Wish("torture", "begin-b"), Caller.local()));
    until(
        p ->
            p.campaigns()
                .compare(work.comparison(), new Wish("torture", "compare"), Caller.local()));
  }

  private void look() throws InterruptedException {
    double evaluations = 0;
    long closed = 0;
    for (Standing s : until(p -> p.campaigns().standings())) {
      rounds.merge(s.id(), s.round(), Math::max);
      evaluations += Math.min(s.evaluations(), s.budget());
      closed += s.round();
      if (s.failure() != null) {
        throw UserException.failed("Campaign " + s.id() + " failed: " + s.failure());
      }
    }
    share = evaluations / work.budget();
    roundsSeen = closed;
  }

  /** Pauses the first campaign and lets it go on, each asked for twice. */
  private void interrupt(String name) throws InterruptedException {
    try {
      change(name + "-pause", Action.PAUSE);
      change(name + "-resume", Action.RESUME);
    } catch (UserException e) {
      if (e.exitCode() != UserException.BAD_INPUT) {
        throw e;
      }
      // it is over already and cannot be paused
    }
  }

  private void change(String id, Action action) throws InterruptedException {
    String campaign = CampaignSpecs.id(work.a());
    for (int twice = 0; twice < 2; twice++) {
      acknowledged(
          id,
          wish ->
              p ->
                  p.campaigns()
                      .change(campaign, new Change(action, null, null, wish), Caller.local()));
    }
  }

  @FunctionalInterface
  private interface Call<T> {
    T to(Access platform);
  }

  @FunctionalInterface
  private interface Asking<T> {
    Call<T> with(Wish wish);
  }

  private <T> void acknowledged(String id, Asking<T> asking) throws InterruptedException {
    until(asking.with(new Wish("torture", id)));
    synchronized (this) {
      if (!requests.contains(id)) {
        requests.add(id);
      }
    }
  }

  /** Asks until somebody answers; refusals are answers. */
  private <T> T until(Call<T> call) throws InterruptedException {
    while (true) {
      try {
        Optional<Access> present = platform.get();
        if (present.isPresent()) {
          return call.to(present.get());
        }
      } catch (UserException e) {
        if (e.exitCode() == UserException.BAD_INPUT) {
          throw e;
        }
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }
}
