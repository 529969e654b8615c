/**
 * What runs on a node with the role gpu-worker: loaded models, the persistent replicas and SMC
 * replicates that use them, and the scoring of other campaigns' samples.
 */
@NullMarked
package io.modeldiff.replica.worker;

import org.jspecify.annotations.NullMarked;
