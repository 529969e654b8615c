package io.modeldiff.web.torture;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.analysis.history.ComparisonAnalysis;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.analysis.history.HistoryReader;
import io.modeldiff.analysis.readmodel.ReadSide;
import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignEvent.CampaignPaused;
import io.modeldiff.core.campaign.CampaignEvent.CampaignResumed;
import io.modeldiff.core.campaign.CampaignEvent.CampaignStarted;
import io.modeldiff.core.campaign.CampaignEvent.RoundClosed;
import io.modeldiff.core.campaign.ReplicaEvent;
import io.modeldiff.core.campaign.ReplicaEvent.ReplicaAdvanced;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.journal.CampaignDigest;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.journal.JournalReader;
import io.modeldiff.core.platform.Platform;
import io.modeldiff.core.platform.PlatformOptions;
import io.modeldiff.core.platform.Role;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.result.ComparisonDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what is stored in a data directory that no process uses: nothing is sampled meanwhile.
 */
final class Inspection implements AutoCloseable {
  /**
   * Marks, offsets and management are how far projections are, not what they hold; documents are
   * computed by dashboards, not filled from events.
   */
  private static final Set<String> NOT_CONTENTS =
      Set.of(
          "offset_store",
          "projection_management",
          "projection_marks",
          "comparison_documents",
          "campaign_documents");

  private static final long LOOK_EVERY_MILLIS = 300;

  private final Platform platform;

  /** Of a platform that runs in this process; closing ends it. */
  Inspection(Platform platform) {
    this.platform = platform;
  }

  static Inspection of(Path data, Consumer<String> say) {
    PlatformOptions options = PlatformOptions.local(data).withRoles(Set.of(Role.COORDINATOR));
    return new Inspection(Platform.start(options, say));
  }

  /** The fingerprint of a campaign's history. */
  CampaignDigest.Fingerprint fingerprint(String campaign) {
    return RunningPlatform.await(new CampaignDigest(platform.system()).of(campaign));
  }

  /** The result of a comparison as its JSON document. */
  String result(String comparison) {
    Outcome outcome =
        new ComparisonAnalysis(new HistoryReader(platform.system()), comparison).outcome();
    if (outcome == null) {
      throw UserException.failed("Comparison " + comparison + " has no counted sample.");
    }
    return new ObjectMapper()
        .findAndRegisterModules()
        .valueToTree(ComparisonDocument.of(outcome))
        .toString();
  }

  /**
   * The journal as it is stored, without the help of whoever reads it.
   *
   * @param events rows with distinct places
   * @param missing places below the last one that are empty
   * @param twice places that were written more than once
   */
  record Journal(long events, List<String> missing, List<String> twice) {}

  /** Every history's sequence numbers, row by row. */
  Journal journal() {
    Map<String, Map<Long, Integer>> rows = new TreeMap<>();
    String table = platform.keyspaces().journal() + ".messages";
    for (Row row : select("SELECT persistence_id, sequence_nr FROM " + table)) {
      rows.computeIfAbsent(String.valueOf(row.getString(0)), id -> new TreeMap<>())
          .merge(row.getLong(1), 1, Integer::sum);
    }
    long events = 0;
    List<String> missing = new ArrayList<>();
    List<String> twice = new ArrayList<>();
    for (Map.Entry<String, Map<Long, Integer>> history : rows.entrySet()) {
      events += history.getValue().size();
      long expected = 1;
      for (Map.Entry<Long, Integer> place : history.getValue().entrySet()) {
        for (; expected < place.getKey(); expected++) {
          missing.add(history.getKey() + " " + expected);
        }
        expected = place.getKey() + 1;
        if (place.getValue() > 1) {
          twice.add(history.getKey() + " " + place.getKey());
        }
      }
    }
    return new Journal(events, missing, twice);
  }

  /**
   * What the histories say when they are read as the program reads them.
   *
   * @param rounds closed rounds of each campaign
   * @param missingRequests acknowledged requests that are not there
   * @param repeated requests, and rounds of campaigns and replicas, that are there more than once
   *     or out of order
   */
  record Retold(Map<String, Long> rounds, long missingRequests, long repeated) {}

  /** Reads campaigns and their replicas; the requests were made to the first campaign. */
  Retold retold(List<String> campaigns, List<String> requests) {
    Map<String, Long> rounds = new TreeMap<>();
    Map<String, Integer> seen = new TreeMap<>();
    long repeated = 0;
    for (String campaign : campaigns) {
      long next = 0;
      int replicas = 0;
      for (CampaignEvent event : read(Histories.campaign(campaign), CampaignEvent.class)) {
        if (event instanceof RoundClosed closed) {
          repeated += closed.round() == next ? 0 : 1;
          next = closed.round() + 1;
          replicas = Math.max(replicas, closed.rungs().length);
        }
        String request = request(event);
        if (request != null) {
          seen.merge(request, 1, Integer::sum);
        }
      }
      rounds.put(campaign, next);
      for (int k = 0; k < replicas; k++) {
        repeated += outOfOrder(Histories.replica(campaign, k));
      }
    }
    long missing = requests.stream().filter(id -> !seen.containsKey(id)).count();
    for (int times : seen.values()) {
      repeated += times - 1;
    }
    return new Retold(rounds, missing, repeated);
  }

  private long outOfOrder(String replica) {
    long repeated = 0;
    long last = -1;
    for (ReplicaEvent event : read(replica, ReplicaEvent.class)) {
      if (event instanceof ReplicaAdvanced advanced) {
        repeated += advanced.round() > last ? 0 : 1;
        last = advanced.round();
      }
    }
    return repeated;
  }

  private static @Nullable String request(CampaignEvent event) {
    if (event instanceof CampaignStarted e) {
      return e.cause().requestId();
    } else if (event instanceof CampaignPaused e) {
      return e.cause().requestId();
    }
    return event instanceof CampaignResumed e ? e.cause().requestId() : null;
  }

  private <E> List<E> read(String history, Class<E> type) {
    return RunningPlatform.await(
        new JournalReader(platform.system())
            .current(history, 1, Long.MAX_VALUE, type)
            .map(Pair::second)
            .runWith(Sink.seq(), platform.system()));
  }

  /** Whether the read tables, once they have caught up, equal those built anew from the journal. */
  List<String> differencesToRebuild() throws InterruptedException {
    ReadSide readSide = new ReadSide(platform.system(), platform.keyspaces()).start();
    for (String projection : readSide.projections()) {
      awaitCaughtUp(readSide, projection);
    }
    Map<String, List<String>> before = contents();
    for (String projection : readSide.projections()) {
      RunningPlatform.await(readSide.rebuild(projection));
      awaitCaughtUp(readSide, projection);
    }
    Map<String, List<String>> after = contents();
    List<String> different = new ArrayList<>();
    before.forEach(
        (table, rows) -> {
          if (!rows.equals(after.get(table))) {
            different.add(table);
          }
        });
    return different;
  }

  private static void awaitCaughtUp(ReadSide readSide, String projection)
      throws InterruptedException {
    while (!RunningPlatform.await(readSide.isCaughtUp(projection))) {
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private Map<String, List<String>> contents() {
    CqlSession session = RunningPlatform.await(platform.session().underlying());
    Map<String, List<String>> tables = new TreeMap<>();
    session
        .getMetadata()
        .getKeyspace(platform.keyspaces().read())
        .orElseThrow()
        .getTables()
        .keySet()
        .forEach(
            name -> {
              String table = name.asInternal();
              if (!NOT_CONTENTS.contains(table)) {
                tables.put(table, rows(table));
              }
            });
    return tables;
  }

  private List<String> rows(String table) {
    List<String> rows = new ArrayList<>();
    for (Row row : select("SELECT * FROM " + platform.keyspaces().read() + "." + table)) {
      rows.add(row.getFormattedContents());
    }
    rows.sort(null);
    return rows;
  }

  private Iterable<Row> select(String statement) {
    CqlSession session = RunningPlatform.await(platform.session().underlying());
    return session.execute(SimpleStatement.newInstance(statement).setPageSize(500));
  }

  @Override
  public void close() {
    platform.close();
  }
}
