package io.modeldiff.analysis.readmodel;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.modeldiff.analysis.projection.ReadModel;
import io.modeldiff.analysis.projection.Recorded;
import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignEvent.RoundClosed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSession;
import org.apache.pekko.stream.javadsl.Source;

/** One row per event: the walks of the lanes through the ladder, and a campaign's changes. */
final class CampaignRows implements ReadModel<CampaignEvent> {
  private static final long BLOCK = 1_000;

  /** The words under which events are stored, by their class. */
  private static final Map<Class<?>, String> WORDS =
      Arrays.stream(
              Objects.requireNonNull(CampaignEvent.class.getAnnotation(JsonSubTypes.class)).value())
          .collect(Collectors.toMap(JsonSubTypes.Type::value, JsonSubTypes.Type::name));

  private final CassandraSession session;
  private final String walks;
  private final String changes;

  CampaignRows(CassandraSession session, String keyspace) {
    this.session = session;
    this.walks = keyspace + ".campaign_walks";
    this.changes = keyspace + ".campaign_changes";
  }

  @Override
  public String name() {
    return walks + ", " + changes;
  }

  @Override
  public CompletionStage<Done> apply(String campaign, List<Recorded<CampaignEvent>> events) {
    return Rows.all(events.stream().map(e -> write(campaign, e)));
  }

  private CompletionStage<Done> write(String campaign, Recorded<CampaignEvent> recorded) {
    if (recorded.event() instanceof RoundClosed closed) {
      return session.executeWrite(
          "INSERT INTO " + walks + " (campaign, block, round, rungs) VALUES (?, ?, ?, ?)",
          campaign,
          closed.round() / BLOCK,
          closed.round(),
          Rows.lists(closed.rungs()));
    }
    return session.executeWrite(
        "INSERT INTO "
            + changes
            + " (campaign, sequence_nr, change, at, document) VALUES (?, ?, ?, ?, ?)",
        campaign,
        recorded.sequenceNr(),
        Objects.requireNonNull(WORDS.get(recorded.event().getClass())),
        recorded.at(),
        Documents.write(recorded.event()));
  }

  CompletionStage<List<CampaignChange>> changes(String campaign) {
    return session
        .selectAll(
            "SELECT sequence_nr, change, at, document FROM " + changes + " WHERE campaign = ?",
            campaign)
        .thenApply(
            rows ->
                rows.stream()
                    .map(
                        r ->
                            new CampaignChange(
                                r.getLong(0),
                                Rows.text(r, "change"),
                                Objects.requireNonNull(r.getInstant(2)),
                                Rows.text(r, "document")))
                    .toList());
  }

  Source<RoundWalk, NotUsed> walks(String campaign, long fromRound, long toRound) {
    return Source.fromJavaStream(
            () -> LongStream.rangeClosed(fromRound / BLOCK, toRound / BLOCK).boxed())
        .flatMapConcat(
            block ->
                session.select(
                    "SELECT round, rungs FROM "
                        + walks
                        + " WHERE campaign = ? AND block = ? AND round >= ? AND round <= ?",
                    campaign,
                    block,
                    fromRound,
                    toRound))
        .map(row -> new RoundWalk(row.getLong(0), Rows.intLists(row, "rungs")));
  }

  @Override
  public CompletionStage<Done> clear() {
    return Rows.truncate(session, walks).thenCompose(done -> Rows.truncate(session, changes));
  }
}
