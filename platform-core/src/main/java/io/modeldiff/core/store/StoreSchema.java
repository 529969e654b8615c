package io.modeldiff.core.store;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schema: one reviewed script, {@code schema.cql}, for every store. An operator runs it as it
 * is on a production cluster (replication factor 3); the embedded store gets the same statements
 * with one replica.
 */
public final class StoreSchema {
  private static final Logger LOG = LoggerFactory.getLogger(StoreSchema.class);
  private static final String SCRIPT = "schema.cql";
  private static final Pattern REPLICATION = Pattern.compile("'datacenter1': *\\d+");
  private static final Pattern TABLE =
      Pattern.compile("CREATE TABLE IF NOT EXISTS (\\w+)\\.(\\w+)");

  private StoreSchema() {}

  /** The production script's statements, without comments, in order. */
  public static List<String> statements() {
    try (InputStream in = StoreSchema.class.getResourceAsStream(SCRIPT)) {
      if (in == null) {
        throw new IllegalStateException(SCRIPT + " is missing from the program");
      }
      String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String code =
          script.lines().filter(l -> !l.strip().startsWith("--")).collect(Collectors.joining("\n"));
      return Arrays.stream(code.split(";")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The statements for other keyspaces and another number of replicas. */
  static List<String> statements(StoreKeyspaces keyspaces, int replicas) {
    return statements().stream()
        .map(s -> REPLICATION.matcher(s).replaceAll("'datacenter1': " + replicas))
        .map(s -> renamed(s, keyspaces))
        .toList();
  }

  private static String renamed(String statement, StoreKeyspaces keyspaces) {
    String result = statement;
    for (int i = 0; i < keyspaces.all().size(); i++) {
      result = result.replace(StoreKeyspaces.DEFAULT.all().get(i), keyspaces.all().get(i));
    }
    return result;
  }

  /** Creates what is missing, keyspaces included. */
  public static void create(CqlSession session, StoreKeyspaces keyspaces, int replicas) {
    Set<String> present = tables(session, keyspaces);
    for (String statement : statements(keyspaces, replicas)) {
      Matcher table = TABLE.matcher(statement);
      boolean known = table.find() && present.contains(table.group(1) + "." + table.group(2));
      if (!known) {
        session.execute(SimpleStatement.newInstance(statement).setTimeout(Duration.ofSeconds(60)));
      }
    }
    LOG.debug("The schema of {} is complete", keyspaces.prefix());
  }

  /**
   * Checks that an operator has created the schema.
   *
   * @throws UserException when something is missing; the sentence says what and what to run
   */
  public static void require(
      CqlSession session, StoreKeyspaces keyspaces, CassandraEndpoint endpoint) {
    Set<String> present = tables(session, keyspaces);
    List<String> missing =
        statements(keyspaces, 1).stream()
            .map(TABLE::matcher)
            .filter(Matcher::find)
            .map(m -> m.group(1) + "." + m.group(2))
            .filter(name -> !present.contains(name))
            .toList();
    if (!missing.isEmpty()) {
      throw UserException.badInput(
          "Cassandra at "
              + endpoint
              + " lacks the table "
              + missing.get(0)
              + (missing.size() > 1 ? " and " + (missing.size() - 1) + " more" : "")
              + "; run schema.cql there with cqlsh -f and start again.");
    }
  }

  private static Set<String> tables(CqlSession session, StoreKeyspaces keyspaces) {
    return session
        .execute("SELECT keyspace_name, table_name FROM system_schema.tables")
        .all()
        .stream()
        .filter(row -> keyspaces.all().contains(row.getString(0)))
        .map(row -> row.getString(0) + "." + row.getString(1))
        .collect(Collectors.toUnmodifiableSet());
  }
}
