package io.modeldiff.analysis.readmodel;

import io.modeldiff.analysis.projection.Marks;
import io.modeldiff.analysis.projection.ReadModel;
import io.modeldiff.analysis.projection.Recorded;
import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignEvent.CampaignStarted;
import io.modeldiff.core.campaign.CampaignEvent.RoundClosed;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.ReplicaEvent.ReplicaAdvanced;
import io.modeldiff.core.campaign.RoundPhase;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.journal.JournalReader;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSession;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Samples that count and lie in Z. The replicas' own histories hold them; a closed round says that
 * they are all there. Of every {@code keepEvery}-th round only, to save space: estimates read the
 * histories and lose nothing.
 */
final class SampleRows implements ReadModel<CampaignEvent> {
  private static final long BLOCK = 256;

  private final ActorSystem<?> system;
  private final CassandraSession session;
  private final JournalReader journal;
  private final Marks marks;
  private final String projection;
  private final String table;
  private final long keepEvery;
  private final Map<String, CampaignSpec> specs = new ConcurrentHashMap<>();

  SampleRows(
      ActorSystem<?> system,
      CassandraSession session,
      Marks marks,
      String projection,
      String keyspace,
      long keepEvery) {
    this.system = system;
    this.session = session;
    this.journal = new JournalReader(system);
    this.marks = marks;
    this.projection = projection;
    this.table = keyspace + ".campaign_samples";
    this.keepEvery = keepEvery;
  }

  @Override
  public String name() {
    return table;
  }

  @Override
  public CompletionStage<Done> apply(String campaign, List<Recorded<CampaignEvent>> events) {
    List<RoundClosed> rounds =
        events.stream()
            .map(Recorded::event)
            .filter(RoundClosed.class::isInstance)
            .map(RoundClosed.class::cast)
            .filter(r -> r.phase() == RoundPhase.SAMPLING)
            .toList();
    if (rounds.isEmpty()) {
      return CompletableFuture.completedStage(Done.getInstance());
    }
    LongSummaryStatistics range = rounds.stream().mapToLong(RoundClosed::round).summaryStatistics();
    int replicas = rounds.get(rounds.size() - 1).rungs().length;
    return spec(campaign)
        .thenCompose(
            spec ->
                Rows.all(
                    IntStream.range(0, replicas)
                        .mapToObj(
                            k -> collect(campaign, spec, k, range.getMin(), range.getMax()))));
  }

  private CompletionStage<CampaignSpec> spec(String campaign) {
    CampaignSpec known = specs.get(campaign);
    if (known != null) {
      return CompletableFuture.completedStage(known);
    }
    return journal
        .current(Histories.campaign(campaign), 1, 1, CampaignEvent.class)
        .runWith(Sink.head(), system)
        .thenApply(
            first -> {
              CampaignSpec spec = ((CampaignStarted) first.second()).spec();
              specs.put(campaign, spec);
              return spec;
            });
  }

  private CompletionStage<Done> collect(
      String campaign, CampaignSpec spec, int replica, long fromRound, long toRound) {
    String history = Histories.replica(campaign, replica);
    return marks
        .last(projection, history)
        .thenCompose(
            last ->
                journal
                    .current(history, last + 1, Long.MAX_VALUE, ReplicaAdvanced.class)
                    .takeWhile(e -> e.second().round() <= toRound)
                    .mapAsync(
                        4,
                        e ->
                            e.second().round() < fromRound
                                ? CompletableFuture.completedStage(e.first())
                                : keep(campaign, spec, replica, e))
                    .runWith(Sink.last(), system)
                    .handle((seq, failure) -> failure == null ? seq : orNothing(failure, last)))
        .thenCompose(last -> marks.set(projection, history, last));
  }

  /** A stretch that is delivered again has nothing left to read. */
  private static long orNothing(Throwable failure, long last) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof java.util.NoSuchElementException) {
      return last;
    }
    throw new java.util.concurrent.CompletionException(cause);
  }

  private CompletionStage<Long> keep(
      String campaign, CampaignSpec spec, int replica, Pair<Long, ReplicaAdvanced> numbered) {
    ReplicaAdvanced e = numbered.second();
    int n = spec.space().scored();
    int[] inside =
        IntStream.range(0, e.energies().length)
            .filter(lane -> spec.z().contains(e.energies()[lane] / n))
            .toArray();
    if (inside.length == 0 || e.round() % keepEvery != 0) {
      return CompletableFuture.completedStage(numbered.first());
    }
    return session
        .executeWrite(
            "INSERT INTO "
                + table
                + " (campaign, replica, block, round, ladder, lanes, rungs, energies, tokens)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            campaign,
            replica,
            e.round() / BLOCK,
            e.round(),
            e.ladder(),
            Rows.list(inside),
            IntStream.of(inside).map(lane -> e.rung()[lane]).boxed().toList(),
            IntStream.of(inside).mapToDouble(lane -> e.energies()[lane]).boxed().toList(),
            IntStream.of(inside).mapToObj(lane -> Rows.list(e.tokens()[lane])).toList())
        .thenApply(done -> numbered.first());
  }

  Source<KeptSamples, NotUsed> samples(String campaign, int replica, long fromRound, long toRound) {
    return Source.fromJavaStream(
            () -> LongStream.rangeClosed(fromRound / BLOCK, toRound / BLOCK).boxed())
        .flatMapConcat(
            block ->
                session.select(
                    "SELECT * FROM "
                        + table
                        + " WHERE campaign = ? AND replica = ? AND block = ?"
                        + " AND round >= ? AND round <= ?",
                    campaign,
                    replica,
                    block,
                    fromRound,
                    toRound))
        .map(
            row ->
                new KeptSamples(
                    replica,
                    row.getLong("round"),
                    row.getInt("ladder"),
                    Rows.ints(row, "lanes"),
                    Rows.ints(row, "rungs"),
                    Rows.doubles(row, "energies"),
                    Rows.intLists(row, "tokens")));
  }

  @Override
  public CompletionStage<Done> clear() {
    return Rows.truncate(session, table);
  }
}
