package io.modeldiff.replica.cluster;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The write side's settings, from {@code modeldiff} in the configuration; reference.conf says what
 * each is for.
 */
record ReplicaSettings(
    int campaignsPerWorker,
    Duration campaignResend,
    Duration publishEvery,
    Duration comparisonPoll,
    int chunkSamples,
    int jobsPerModel,
    Duration comparisonResend,
    Duration callTimeout,
    Duration loadTimeout) {

  static ReplicaSettings of(Config root) {
    Config c = root.getConfig("modeldiff");
    return new ReplicaSettings(
        c.getInt("campaigns.per-worker"),
        c.getDuration("campaigns.resend-every"),
        c.getDuration("campaigns.publish-every"),
        c.getDuration("comparisons.poll-every"),
        c.getInt("comparisons.chunk-samples"),
        c.getInt("comparisons.jobs-per-model"),
        c.getDuration("comparisons.resend-every"),
        c.getDuration("worker.call-timeout"),
        c.getDuration("worker.load-timeout"));
  }
}
