package io.modeldiff.replica.campaign;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * What a campaign's coordinator needs around it.
 *
 * @param crew how to reach replicas
 * @param admission who says when there is room
 * @param publisher takes the view after every change
 * @param resendEvery how long an answer may take before it is asked for again; asking again is
 *     harmless
 */
public record CampaignSurroundings(
    Crew crew, Admission admission, Consumer<CampaignView> publisher, Duration resendEvery) {}
