package io.modeldiff.replica.campaign;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignEvent.CampaignCancelled;
import io.modeldiff.core.campaign.CampaignEvent.CampaignCompleted;
import io.modeldiff.core.campaign.CampaignEvent.CampaignExtended;
import io.modeldiff.core.campaign.CampaignEvent.CampaignFailed;
import io.modeldiff.core.campaign.CampaignEvent.CampaignPaused;
import io.modeldiff.core.campaign.CampaignEvent.CampaignResumed;
import io.modeldiff.core.campaign.CampaignEvent.CampaignStarted;
import io.modeldiff.core.campaign.CampaignEvent.LadderAdapted;
import io.modeldiff.core.campaign.CampaignEvent.LadderFrozen;
import io.modeldiff.core.campaign.CampaignEvent.PilotCompleted;
import io.modeldiff.core.campaign.CampaignEvent.RoundClosed;
import io.modeldiff.core.campaign.CampaignEvent.SmcReplicateClosed;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.campaign.StopReason;
import io.modeldiff.core.serialization.CborSerializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a campaign's coordinator remembers; a function of its events.
 *
 * @param definition who started what, null before
 * @param requests ids of the latest requests, so that each takes effect once
 * @param course pilot, ladder and rounds
 * @param stoppedBy which criterion ended it, null before
 * @param throughRound last round that counts once completed
 * @param failure the sentence of a failed campaign
 */
public record CampaignState(
    CampaignStatus status,
    @Nullable Definition definition,
    List<String> requests,
    Course course,
    @Nullable StopReason stoppedBy,
    long throughRound,
    @Nullable String failure)
    implements CborSerializable {
  private static final int REQUESTS_REMEMBERED = 100;

  /** Before the start. */
  static final CampaignState NONE =
      new CampaignState(CampaignStatus.UNKNOWN, null, List.of(), Course.START, null, -1, null);

  /** What was started, with the budget as extended since. */
  public record Definition(
      String campaign, CampaignSpec spec, @Nullable String clonedFrom, Cause cause)
      implements CborSerializable {}

  @JsonIgnore
  CampaignSpec spec() {
    return defined().spec();
  }

  @JsonIgnore
  Definition defined() {
    if (definition == null) {
      throw new IllegalStateException("the campaign was not started");
    }
    return definition;
  }

  @JsonIgnore
  boolean running() {
    return status == CampaignStatus.RUNNING;
  }

  boolean knows(String requestId) {
    return requests.contains(requestId);
  }

  CampaignState apply(CampaignEvent event) {
    if (event instanceof CampaignStarted e) {
      return started(e);
    } else if (event instanceof CampaignPaused e) {
      return turned(CampaignStatus.PAUSED, e.cause());
    } else if (event instanceof CampaignResumed e) {
      return turned(CampaignStatus.RUNNING, e.cause());
    } else if (event instanceof CampaignCancelled e) {
      return turned(CampaignStatus.CANCELLED, e.cause());
    } else if (event instanceof CampaignExtended e) {
      return extended(e);
    } else if (event instanceof CampaignFailed e) {
      return new CampaignState(
          CampaignStatus.FAILED, definition, requests, course, null, -1, e.sentence());
    } else if (event instanceof CampaignCompleted e) {
      return new CampaignState(
          CampaignStatus.COMPLETED,
          definition,
          requests,
          course,
          e.stoppedBy(),
          e.throughRound(),
          null);
    }
    return with(coursed(event));
  }

  private Course coursed(CampaignEvent event) {
    if (event instanceof SmcReplicateClosed e) {
      return course.replicateClosed(e);
    } else if (event instanceof PilotCompleted e) {
      return course.piloted(e, spec());
    } else if (event instanceof LadderAdapted e) {
      return course.adapted(e, spec().lanes());
    } else if (event instanceof LadderFrozen e) {
      return course.frozen(e, spec().lanes());
    } else if (event instanceof RoundClosed e) {
      return course.roundClosed(e, spec());
    }
    return course;
  }

  private CampaignState started(CampaignStarted e) {
    return new CampaignState(
        CampaignStatus.RUNNING,
        new Definition(e.campaign(), e.spec(), e.clonedFrom(), e.cause()),
        remembering(e.cause()),
        course,
        null,
        -1,
        null);
  }

  private CampaignState extended(CampaignExtended e) {
    Definition d = defined();
    CampaignSpec larger = d.spec().withBudget(e.evaluations(), e.targetError());
    CampaignStatus next = status == CampaignStatus.COMPLETED ? CampaignStatus.RUNNING : status;
    return new CampaignState(
        next,
        new Definition(d.campaign(), larger, d.clonedFrom(), d.cause()),
        remembering(e.cause()),
        course,
        null,
        -1,
        failure);
  }

  private CampaignState turned(CampaignStatus next, Cause cause) {
    return new CampaignState(next, definition, remembering(cause), course, null, -1, null);
  }

  private CampaignState with(Course next) {
    return new CampaignState(status, definition, requests, next, stoppedBy, throughRound, failure);
  }

  private List<String> remembering(Cause cause) {
    List<String> all = new ArrayList<>(requests);
    all.add(cause.requestId());
    return List.copyOf(all.subList(Math.max(0, all.size() - REQUESTS_REMEMBERED), all.size()));
  }
}
