package io.modeldiff.analysis.readmodel;

import io.modeldiff.analysis.projection.ReadModel;
import io.modeldiff.analysis.projection.Recorded;
import io.modeldiff.core.registry.RegistryEvent;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSession;

/** What the registry holds, by kind and name. */
final class RegistrationRows implements ReadModel<RegistryEvent> {
  private final CassandraSession session;
  private final String table;

  RegistrationRows(CassandraSession session, String keyspace) {
    this.session = session;
    this.table = keyspace + ".registrations";
  }

  @Override
  public String name() {
    return table;
  }

  @Override
  public CompletionStage<Done> apply(String registry, List<Recorded<RegistryEvent>> events) {
    return Rows.all(events.stream().map(this::write));
  }

  private CompletionStage<Done> write(Recorded<RegistryEvent> recorded) {
    RegistryEvent event = recorded.event();
    if (event instanceof RegistryEvent.ModelRegistered model) {
      return write(recorded, "model", model.name());
    } else if (event instanceof RegistryEvent.CorpusRegistered corpus) {
      return write(recorded, "corpus", corpus.name());
    } else if (event instanceof RegistryEvent.CampaignListed campaign) {
      return write(recorded, "campaign", campaign.campaign());
    } else if (event instanceof RegistryEvent.ComparisonListed comparison) {
      return write(recorded, "comparison", comparison.comparison());
    } else if (event instanceof RegistryEvent.AnnotationListed annotation) {
      return write(recorded, "annotation", annotation.project());
    }
    return java.util.concurrent.CompletableFuture.completedStage(Done.getInstance());
  }

  private CompletionStage<Done> write(Recorded<RegistryEvent> recorded, String kind, String name) {
    return session.executeWrite(
        "INSERT INTO " + table + " (kind, name, sequence_nr, at, document) VALUES (?, ?, ?, ?, ?)",
        kind,
        name,
        recorded.sequenceNr(),
        recorded.at(),
        Documents.write(recorded.event()));
  }

  CompletionStage<List<Registration>> read(String kind) {
    return session
        .selectAll("SELECT name, at, document FROM " + table + " WHERE kind = ?", kind)
        .thenApply(
            rows ->
                rows.stream()
                    .map(
                        r ->
                            new Registration(
                                kind,
                                Rows.text(r, "name"),
                                Objects.requireNonNull(r.getInstant("at")),
                                Rows.text(r, "document")))
                    .toList());
  }

  @Override
  public CompletionStage<Done> clear() {
    return Rows.truncate(session, table);
  }
}
