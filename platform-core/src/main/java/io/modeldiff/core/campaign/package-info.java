/**
 * The sampling of one model at one input space: what is asked for ({@link
 * io.modeldiff.core.campaign.CampaignSpec}) and everything that happened ({@link
 * io.modeldiff.core.campaign.CampaignEvent}, {@link io.modeldiff.core.campaign.ReplicaEvent},
 * {@link io.modeldiff.core.campaign.SmcEvent}). Events are the source of truth; they are written by
 * the replica actors and read by the projections.
 */
@NullMarked
package io.modeldiff.core.campaign;

import org.jspecify.annotations.NullMarked;
