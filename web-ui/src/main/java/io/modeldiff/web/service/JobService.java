package io.modeldiff.web.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.modeldiff.web.access.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Long work that somebody waits for and looks at now and then. A job lives as long as the process
 * that does it, and some time after its end; what it stores on its way stays.
 */
public interface JobService {
  /**
   * How a job stands.
   *
   * @throws NotFoundException when there is none, or none any more
   */
  Job get(String id);

  /** Ends a job at its next safe point; its owner may, and whoever may operate the platform. */
  Job cancel(String id, Caller who);

  /**
   * One job.
   *
   * @param what it does, e.g. {@code Analysis of corpus x}
   * @param by who wants it
   * @param progress of the piece that it is at; null before the first
   * @param failure why it failed, or null
   * @param result what it found, or null; read from JSON it is a tree, to be read as what it is
   */
  record Job(
      String id,
      String what,
      String by,
      Instant since,
      Phase phase,
      @Nullable Progress progress,
      @Nullable Failure failure,
      @JsonDeserialize(as = JsonNode.class) @Nullable Object result) {}

  /**
   * How far a piece of the work is.
   *
   * @param task what is going on, e.g. {@code Comparing}
   * @param done units that are finished
   * @param total units of the piece
   * @param unit what is counted, e.g. {@code phrases}
   */
  record Progress(String task, long done, long total, String unit) {}

  /**
   * Why a job failed.
   *
   * @param sentence what is wrong, and what to do
   * @param badInput whether what was asked for cannot be done, so that asking again is in vain
   */
  record Failure(String sentence, boolean badInput) {}
}
