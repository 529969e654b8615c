package io.modeldiff.analysis.readmodel;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.modeldiff.analysis.projection.Recorded;
import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.RoundPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSession;

/**
 * Histograms and swaps of campaigns. All rows of a campaign lie in one partition of each table, so
 * a batch with the sequence number is atomic.
 */
abstract class RoundSumsFold extends Fold<CampaignEvent, RoundSums> {
  final CassandraSession session;
  final String table;
  private final String index;

  private RoundSumsFold(CassandraSession session, String table, String index) {
    this.session = session;
    this.table = table;
    this.index = index;
  }

  static RoundSumsFold histograms(CassandraSession session, String keyspace) {
    return new Histograms(session, keyspace + ".campaign_histograms");
  }

  static RoundSumsFold swaps(CassandraSession session, String keyspace) {
    return new SwapSums(session, keyspace + ".campaign_swaps");
  }

  /** The rows that differ between two states. */
  abstract List<SimpleStatement> changed(String campaign, RoundSums before, RoundSums now);

  /** Adds a row to what has been read of a campaign. */
  abstract void read(Row row, RoundSums.Rung rung, RoundSums into);

  @Override
  public String name() {
    return table;
  }

  @Override
  RoundSums after(RoundSums sums, Recorded<CampaignEvent> recorded) {
    CampaignEvent event = recorded.event();
    if (event instanceof CampaignEvent.LadderAdapted adapted) {
      return sums.onLadder(adapted.ladder());
    } else if (event instanceof CampaignEvent.LadderFrozen frozen) {
      return sums.onLadder(frozen.ladder());
    } else if (event instanceof CampaignEvent.RoundClosed closed) {
      return sums.plus(closed.phase(), closed.histogram(), closed.swaps());
    }
    return sums;
  }

  @Override
  CompletionStage<Done> store(String campaign, At<RoundSums> before, At<RoundSums> now) {
    BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
    batch.addStatement(
        SimpleStatement.newInstance(
            "INSERT INTO " + table + " (campaign, sequence_nr, current_ladder) VALUES (?, ?, ?)",
            campaign,
            now.sequenceNr(),
            now.state().ladder()));
    changed(campaign, before.state(), now.state()).forEach(batch::addStatement);
    return session.executeWriteBatch(batch.build());
  }

  @Override
  CompletionStage<At<RoundSums>> load(String campaign) {
    return session
        .selectAll("SELECT * FROM " + table + " WHERE campaign = ?", campaign)
        .thenApply(RoundSumsFold.this::fromRows);
  }

  private At<RoundSums> fromRows(List<Row> rows) {
    if (rows.isEmpty()) {
      return new At<>(0, RoundSums.NONE);
    }
    Row first = rows.get(0);
    RoundSums sums =
        new RoundSums(first.getInt("current_ladder"), new TreeMap<>(ORDER), new TreeMap<>(ORDER));
    for (Row row : rows) {
      String phase = row.getString("phase");
      if (phase != null) {
        read(row, new RoundSums.Rung(row.getInt("ladder"), phase(phase), row.getInt(index)), sums);
      }
    }
    return new At<>(first.getLong("sequence_nr"), sums);
  }

  static final java.util.Comparator<RoundSums.Rung> ORDER =
      java.util.Comparator.comparingInt(RoundSums.Rung::ladder)
          .thenComparing(RoundSums.Rung::phase)
          .thenComparingInt(RoundSums.Rung::index);

  static RoundPhase phase(String word) {
    return RoundPhase.valueOf(word.toUpperCase(Locale.ROOT));
  }

  static String word(RoundPhase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public CompletionStage<Done> clear() {
    return session.executeWrite("TRUNCATE " + table);
  }

  private static final class Histograms extends RoundSumsFold {
    Histograms(CassandraSession session, String table) {
      super(session, table, "rung");
    }

    @Override
    List<SimpleStatement> changed(String campaign, RoundSums before, RoundSums now) {
      List<SimpleStatement> rows = new ArrayList<>();
      for (Map.Entry<RoundSums.Rung, Map<Integer, Long>> e : now.bins().entrySet()) {
        RoundSums.Rung rung = e.getKey();
        if (!e.getValue().equals(before.bins().get(rung))) {
          rows.add(
              SimpleStatement.newInstance(
                  "INSERT INTO "
                      + table
                      + " (campaign, ladder, phase, rung, bins, counts) VALUES (?, ?, ?, ?, ?, ?)",
                  campaign,
                  rung.ladder(),
                  word(rung.phase()),
                  rung.index(),
                  List.copyOf(e.getValue().keySet()),
                  List.copyOf(e.getValue().values())));
        }
      }
      return rows;
    }

    @Override
    void read(Row row, RoundSums.Rung rung, RoundSums into) {
      List<Integer> bins = Objects.requireNonNull(row.getList("bins", Integer.class));
      List<Long> counts = Objects.requireNonNull(row.getList("counts", Long.class));
      Map<Integer, Long> byBin = new TreeMap<>();
      for (int i = 0; i < bins.size(); i++) {
        byBin.put(bins.get(i), counts.get(i));
      }
      into.bins().put(rung, byBin);
    }
  }

  private static final class SwapSums extends RoundSumsFold {
    SwapSums(CassandraSession session, String table) {
      super(session, table, "pair");
    }

    @Override
    List<SimpleStatement> changed(String campaign, RoundSums before, RoundSums now) {
      List<SimpleStatement> rows = new ArrayList<>();
      for (Map.Entry<RoundSums.Rung, RoundSums.PairSums> e : now.pairs().entrySet()) {
        RoundSums.Rung pair = e.getKey();
        RoundSums.PairSums sums = e.getValue();
        if (!sums.equals(before.pairs().get(pair))) {
          rows.add(
              SimpleStatement.newInstance(
                  "INSERT INTO "
                      + table
                      + " (campaign, ladder, phase, pair, tried, accepted, rejection)"
                      + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                  campaign,
                  pair.ladder(),
                  word(pair.phase()),
                  pair.index(),
                  sums.tried(),
                  sums.accepted(),
                  sums.rejection()));
        }
      }
      return rows;
    }

    @Override
    void read(Row row, RoundSums.Rung pair, RoundSums into) {
      into.pairs()
          .put(
              pair,
              new RoundSums.PairSums(
                  row.getLong("tried"), row.getLong("accepted"), row.getDouble("rejection")));
    }
  }
}
