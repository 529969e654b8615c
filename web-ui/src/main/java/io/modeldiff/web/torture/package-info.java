/**
 * Real processes of the platform on loopback, killed, paused, joined and drained by a seeded
 * schedule, and the invariants that must hold of what they stored.
 */
@NullMarked
package io.modeldiff.web.torture;

import org.jspecify.annotations.NullMarked;
