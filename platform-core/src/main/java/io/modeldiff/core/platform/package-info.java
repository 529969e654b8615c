/**
 * One process of the platform: its roles, its Pekko configuration, its actor system.
 *
 * <p>{@link io.modeldiff.core.platform.Platform#start} opens the data directory, the store and the
 * actor system, joins the cluster (or forms one of its own) and returns when the member is up. By
 * default one process has every role and listens on loopback only; in a cluster the same code runs
 * with separate roles.
 */
@NullMarked
package io.modeldiff.core.platform;

import org.jspecify.annotations.NullMarked;
