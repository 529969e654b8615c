package io.modeldiff.web.live;

import io.modeldiff.analysis.readmodel.AnnotationSheet;
import io.modeldiff.core.annotation.AnnotationEvent;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.journal.JournalReader;
import io.modeldiff.web.platform.RunningPlatform;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.stream.javadsl.Sink;

/**
 * Projects with all their items as of now: what the read tables hold, and from the journal what
 * they do not hold yet.
 */
final class LiveProjects {
  private final RunningPlatform platform;
  private final JournalReader journal;
  private final Map<String, AnnotationSheet> sheets = new ConcurrentHashMap<>();

  LiveProjects(RunningPlatform platform) {
    this.platform = platform;
    this.journal = new JournalReader(platform.system());
  }

  /** The project with everything that was stored before this call. */
  AnnotationProject now(String id) {
    AnnotationSheet sheet =
        sheets.computeIfAbsent(id, p -> RunningPlatform.await(platform.readSide().annotation(p)));
    synchronized (sheet) {
      RunningPlatform.await(
          journal
              .current(
                  Histories.annotation(id),
                  sheet.reached() + 1,
                  Long.MAX_VALUE,
                  AnnotationEvent.class)
              .runWith(Sink.foreach(e -> sheet.take(e.first(), e.second())), platform.system()));
      return sheet.project();
    }
  }
}
