package io.modeldiff.web.torture;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.modeldiff.analysis.history.ComparisonAnalysis;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.analysis.history.HistoryReader;
import io.modeldiff.analysis.readmodel.ReadSide;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.journal.CampaignDigest;
import io.modeldiff.core.platform.Platform;
import io.modeldiff.core.platform.PlatformOptions;
import io.modeldiff.core.platform.Role;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.platform.RunningPlatform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Looks at what is stored in a data directory that no process uses: nothing is sampled meanwhile.
 */
final class Inspection implements AutoCloseable {
  /** Marks, offsets and management are how far projections are, not what they hold. */
  private static final Set<String> NOT_CONTENTS =
      Set.of("offset_store", "projection_management", "projection_marks");

  private static final long LOOK_EVERY_MILLIS = 300;

  private final Platform platform;

  private Inspection(Platform platform) {
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
    Outcome outcome = new ComparisonAnalysis(new HistoryReader(platform.system()), comparison).outcome();
    if (outcome == null) {
      throw UserException.failed("Comparison " + comparison + " has no counted sample.");
    }
    return JsonDocument.text(ComparisonDocument.of(outcome));
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
