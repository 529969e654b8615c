package io.modeldiff.replica.campaign;

import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignEvent.CampaignCancelled;
import io.modeldiff.core.campaign.CampaignEvent.CampaignCompleted;
import io.modeldiff.core.campaign.CampaignEvent.CampaignExtended;
import io.modeldiff.core.campaign.CampaignEvent.CampaignPaused;
import io.modeldiff.core.campaign.CampaignEvent.CampaignResumed;
import io.modeldiff.core.campaign.CampaignEvent.CampaignStarted;
import io.modeldiff.replica.campaign.CampaignProtocol.Cancel;
import io.modeldiff.replica.campaign.CampaignProtocol.Extend;
import io.modeldiff.replica.campaign.CampaignProtocol.Finish;
import io.modeldiff.replica.campaign.CampaignProtocol.Pause;
import io.modeldiff.replica.campaign.CampaignProtocol.Request;
import io.modeldiff.replica.campaign.CampaignProtocol.Resume;
import io.modeldiff.replica.campaign.CampaignProtocol.Start;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What becomes of a request, given the campaign's state. */
final class Requests {
  /** One of three: an event to store, a refusal in one sentence, or neither (nothing to change). */
  record Answer(@Nullable CampaignEvent event, @Nullable String refusal) {
    static final Answer NOTHING = new Answer(null, null);

    static Answer event(CampaignEvent event) {
      return new Answer(event, null);
    }

    static Answer refusal(String sentence) {
      return new Answer(null, sentence);
    }
  }

  private Requests() {}

  static Answer decide(String campaign, CampaignState state, Request request, Instant at) {
    if (request instanceof Start start) {
      return start(campaign, state, start);
    }
    if (state.status() == CampaignStatus.UNKNOWN) {
      return Answer.refusal(
          "There is no campaign "
              + campaign
              + "; list those there are with 'modeldiff campaign list'.");
    }
    if (request instanceof Pause pause) {
      return pause(campaign, state, pause);
    } else if (request instanceof Resume resume) {
      return resume(campaign, state, resume);
    } else if (request instanceof Cancel cancel) {
      return cancel(campaign, state, cancel);
    } else if (request instanceof Extend extend) {
      return extend(campaign, state, extend);
    }
    return finish(state, (Finish) request, at);
  }

  /** A campaign that exists already is only looked at: the same spec has the same id. */
  private static Answer start(String campaign, CampaignState state, Start start) {
    return state.status() == CampaignStatus.UNKNOWN
        ? Answer.event(
            new CampaignStarted(campaign, start.spec(), start.clonedFrom(), start.cause()))
        : Answer.NOTHING;
  }

  private static Answer pause(String campaign, CampaignState state, Pause pause) {
    return switch (state.status()) {
      case RUNNING -> Answer.event(new CampaignPaused(pause.cause()));
      case PAUSED -> Answer.NOTHING;
      default -> cannot(campaign, state, "be paused");
    };
  }

  private static Answer resume(String campaign, CampaignState state, Resume resume) {
    return switch (state.status()) {
      case PAUSED, FAILED -> Answer.event(new CampaignResumed(resume.cause()));
      case RUNNING -> Answer.NOTHING;
      case COMPLETED ->
          Answer.refusal(
              "Campaign "
                  + campaign
                  + " is completed; give it more evaluations with 'modeldiff campaign extend'.");
      default -> cannot(campaign, state, "be resumed");
    };
  }

  private static Answer cancel(String campaign, CampaignState state, Cancel cancel) {
    return switch (state.status()) {
      case RUNNING, PAUSED, FAILED -> Answer.event(new CampaignCancelled(cancel.cause()));
      case CANCELLED -> Answer.NOTHING;
      default -> cannot(campaign, state, "be cancelled");
    };
  }

  private static Answer extend(String campaign, CampaignState state, Extend extend) {
    if (state.status() == CampaignStatus.CANCELLED) {
      return cannot(campaign, state, "be extended");
    }
    long now = state.spec().evaluations();
    if (extend.evaluations() < now) {
      return Answer.refusal(
          "Campaign "
              + campaign
              + " has a budget of "
              + now
              + " evaluations, which can only grow, but "
              + extend.evaluations()
              + " were asked for.");
    }
    return Answer.event(
        new CampaignExtended(extend.evaluations(), extend.targetError(), extend.cause()));
  }

  private static Answer finish(CampaignState state, Finish finish, Instant at) {
    boolean open = state.running() || state.status() == CampaignStatus.PAUSED;
    // The criterion may be found met at a round that was passed before the budget ended it.
    boolean earlier =
        state.status() == CampaignStatus.COMPLETED && finish.throughRound() < state.throughRound();
    return open || earlier
        ? Answer.event(new CampaignCompleted(finish.reason(), finish.throughRound(), at))
        : Answer.NOTHING;
  }

  private static Answer cannot(String campaign, CampaignState state, String what) {
    return Answer.refusal(
        "Campaign " + campaign + " is " + state.status().word() + " and cannot " + what + ".");
  }
}
