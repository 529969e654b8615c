package io.modeldiff.replica.worker;

import io.modeldiff.core.campaign.KernelWeight;
import io.modeldiff.core.campaign.Schedule;
import io.modeldiff.replica.kernel.KernelMix;
import io.modeldiff.replica.kernel.KernelName;
import io.modeldiff.replica.ladder.Ladder;
import io.modeldiff.replica.schedule.Bias;
import java.util.List;

/** Between what events say and what samplers take. */
public final class Schedules {
  private Schedules() {}

  /** The sampler's view of a stored schedule. */
  public static io.modeldiff.replica.schedule.Schedule toSampler(Schedule s) {
    return new io.modeldiff.replica.schedule.Schedule(
        new Ladder(s.betas()), s.steps(), new Bias(s.biasEdges(), s.biasValues()));
  }

  /** The stored form of a sampler's schedule. */
  public static Schedule toEvent(io.modeldiff.replica.schedule.Schedule s) {
    return new Schedule(s.ladder().betas(), s.steps(), s.bias().edges(), s.bias().values());
  }

  /** The sampler's view of a kernel mixture. */
  public static KernelMix toSampler(List<KernelWeight> kernels) {
    return new KernelMix(
        kernels.stream()
            .map(k -> new KernelMix.Share(KernelName.of(k.kernel()), k.weight()))
            .toList());
  }
}
