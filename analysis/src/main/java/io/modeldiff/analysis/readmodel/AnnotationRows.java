package io.modeldiff.analysis.readmodel;

import com.datastax.oss.driver.api.core.cql.Row;
import io.modeldiff.analysis.projection.ReadModel;
import io.modeldiff.analysis.projection.Recorded;
import io.modeldiff.core.annotation.AnnotationEvent;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.annotation.ItemState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.Done;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSession;

/** Annotation projects: a row for each, and one for each item with its answers. */
final class AnnotationRows implements ReadModel<AnnotationEvent> {
  private final CassandraSession session;
  private final String projects;
  private final String items;
  private final Map<String, AnnotationSheet> latest = new ConcurrentHashMap<>();

  AnnotationRows(CassandraSession session, String keyspace) {
    this.session = session;
    this.projects = keyspace + ".annotation_projects";
    this.items = keyspace + ".annotation_items";
  }

  @Override
  public String name() {
    return items;
  }

  @Override
  public CompletionStage<Done> apply(String project, List<Recorded<AnnotationEvent>> events) {
    long before = events.get(0).sequenceNr() - 1;
    AnnotationSheet known = latest.get(project);
    CompletionStage<AnnotationSheet> sheet =
        known != null && known.reached() == before
            ? CompletableFuture.completedStage(known)
            : read(project, before);
    latest.remove(project);
    return sheet.thenCompose(s -> take(project, s, events));
  }

  private CompletionStage<Done> take(
      String project, AnnotationSheet sheet, List<Recorded<AnnotationEvent>> events) {
    events.forEach(e -> sheet.take(e.sequenceNr(), e.event()));
    List<CompletionStage<Done>> writes = new ArrayList<>();
    AnnotationProject head = sheet.headChange();
    if (head != null) {
      writes.add(
          session.executeWrite(
              "INSERT INTO " + projects + " (project, sequence_nr, document) VALUES (?, ?, ?)",
              project,
              sheet.headAt(),
              Documents.write(head)));
    }
    sheet.changes().forEach(row -> writes.add(write(project, row)));
    return Rows.all(writes.stream())
        .thenApply(
            done -> {
              latest.put(project, sheet);
              return done;
            });
  }

  private CompletionStage<Done> write(String project, AnnotationSheet.Row row) {
    return session.executeWrite(
        "INSERT INTO "
            + items
            + " (project, item, position, sequence_nr, document) VALUES (?, ?, ?, ?, ?)",
        project,
        row.state().item().id(),
        row.position(),
        row.sequenceNr(),
        Documents.write(row.state()));
  }

  /**
   * What is stored of a project.
   *
   * @param reached the event up to which the rows are complete
   */
  CompletionStage<AnnotationSheet> read(String project, long reached) {
    return session
        .selectOne("SELECT sequence_nr, document FROM " + projects + " WHERE project = ?", project)
        .thenCompose(
            head ->
                session
                    .selectAll(
                        "SELECT position, sequence_nr, document FROM "
                            + items
                            + " WHERE project = ?",
                        project)
                    .thenApply(
                        rows -> {
                          AnnotationSheet sheet =
                              head.map(h -> head(h, reached))
                                  .orElseGet(
                                      () ->
                                          new AnnotationSheet(
                                              AnnotationProject.none(project), 0, reached));
                          rows.forEach(r -> sheet.put(row(r)));
                          return sheet;
                        }));
  }

  private static AnnotationSheet head(Row row, long reached) {
    return new AnnotationSheet(
        Documents.read(Rows.text(row, "document"), AnnotationProject.class),
        row.getLong("sequence_nr"),
        reached);
  }

  private static AnnotationSheet.Row row(Row row) {
    return new AnnotationSheet.Row(
        row.getLong("position"),
        row.getLong("sequence_nr"),
        Documents.read(Rows.text(row, "document"), ItemState.class));
  }

  @Override
  public CompletionStage<Done> clear() {
    return Rows.truncate(session, projects).thenCompose(done -> Rows.truncate(session, items));
  }
}
