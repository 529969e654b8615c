package io.modeldiff.analysis.readmodel;

import io.modeldiff.analysis.projection.ReadModel;
import io.modeldiff.analysis.projection.Recorded;
import io.modeldiff.core.comparison.ComparisonEvent;
import io.modeldiff.core.comparison.ComparisonEvent.CrossScored;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSession;
import org.apache.pekko.stream.javadsl.Source;

/** Cross scores: one row per stretch of a sampler's history. */
final class CrossScoreRows implements ReadModel<ComparisonEvent> {
  private final CassandraSession session;
  private final String table;

  CrossScoreRows(CassandraSession session, String keyspace) {
    this.session = session;
    this.table = keyspace + ".cross_scores";
  }

  @Override
  public String name() {
    return table;
  }

  @Override
  public CompletionStage<Done> apply(String comparison, List<Recorded<ComparisonEvent>> events) {
    return Rows.all(
        events.stream()
            .map(Recorded::event)
            .filter(CrossScored.class::isInstance)
            .map(e -> write(comparison, (CrossScored) e)));
  }

  private CompletionStage<Done> write(String comparison, CrossScored e) {
    return session.executeWrite(
        "INSERT INTO "
            + table
            + " (comparison, side, scorer, history, from_sequence, to_sequence, sequences, lanes,"
            + " energies) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        comparison,
        e.side(),
        e.scorer(),
        e.history(),
        e.fromSequence(),
        e.toSequence(),
        Rows.list(e.sequence()),
        Rows.list(e.lane()),
        Rows.list(e.energies()));
  }

  Source<CrossScoredStretch, NotUsed> read(
      String comparison, int side, int scorer, String history) {
    return session
        .select(
            "SELECT * FROM "
                + table
                + " WHERE comparison = ? AND side = ? AND scorer = ? AND history = ?",
            comparison,
            side,
            scorer,
            history)
        .map(
            row ->
                new CrossScoredStretch(
                    row.getLong("from_sequence"),
                    row.getLong("to_sequence"),
                    Rows.longs(row, "sequences"),
                    Rows.ints(row, "lanes"),
                    Rows.doubles(row, "energies")));
  }

  @Override
  public CompletionStage<Done> clear() {
    return Rows.truncate(session, table);
  }
}
