package io.modeldiff.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.modeldiff.core.platform.PlatformConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.persistence.cassandra.KeyspaceAndTableStatements;
import org.apache.pekko.persistence.cassandra.PluginSettings;
import org.junit.jupiter.api.Test;

class StoreSchemaTest {
  private static final Pattern TABLE =
      Pattern.compile(
          "CREATE TABLE IF NOT EXISTS ([\\w.]+)\\s*\\((.*)\\)\\s*(WITH|$)", Pattern.DOTALL);

  /** The journal's plugin says what tables it needs: the reviewed script must have just those. */
  @Test
  void statements_comparedWithThePlugins_haveTheSameColumnsAndKeys() {
    var config =
        PlatformConfig.local(CassandraEndpoint.loopback(1), StoreKeyspaces.DEFAULT).toConfig();
    var kit =
        ActorTestKit.create(
            "schema", ConfigFactory.parseString("pekko.actor.provider=local").withFallback(config));
    try {
      var system = kit.system().classicSystem();
      var plugin =
          new KeyspaceAndTableStatements(
              system, "pekko.persistence.cassandra", PluginSettings.apply(system));
      List<String> wanted = plugin.getCreateJournalTablesStatements();
      List<String> snapshots = plugin.getCreateSnapshotTablesStatements();
      Map<String, Set<String>> ours = tables(StoreSchema.statements());
      assertThat(tables(wanted))
          .isNotEmpty()
          .allSatisfy((k, v) -> assertThat(ours).containsEntry(k, v));
      assertThat(tables(snapshots))
          .isNotEmpty()
          .allSatisfy((k, v) -> assertThat(ours).containsEntry(k, v));
    } finally {
      kit.shutdownTestKit();
    }
  }

  @Test
  void statements_production_keepThreeReplicas() {
    assertThat(StoreSchema.statements().stream().filter(s -> s.startsWith("CREATE KEYSPACE")))
        .hasSize(3)
        .allMatch(s -> s.contains("'datacenter1': 3"));
    assertThat(StoreSchema.statements(new StoreKeyspaces("other"), 1))
        .noneMatch(s -> s.contains("modeldiff_"))
        .filteredOn(s -> s.startsWith("CREATE KEYSPACE"))
        .allMatch(s -> s.contains("'datacenter1': 1"));
  }

  /** Table name to its columns and primary key, each normalised. */
  private static Map<String, Set<String>> tables(List<String> statements) {
    Map<String, Set<String>> tables = new TreeMap<>();
    for (String statement : statements) {
      Matcher table = TABLE.matcher(statement.strip());
      if (table.find()) {
        tables.put(table.group(1), parts(table.group(2).toLowerCase(Locale.ROOT)));
      }
    }
    return tables;
  }

  /** What stands between the commas that are not inside brackets. */
  private static Set<String> parts(String body) {
    Set<String> parts = new TreeSet<>();
    StringBuilder part = new StringBuilder();
    int depth = 0;
    for (char c : (body + ",").toCharArray()) {
      depth += c == '(' || c == '<' ? 1 : c == ')' || c == '>' ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(
            part.toString().strip().replaceAll("\\s+", " ").replaceAll(" ?([(),<>]) ?", "$1"));
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    return parts;
  }
}
