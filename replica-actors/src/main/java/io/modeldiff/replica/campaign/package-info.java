/**
 * The coordinator of a campaign: decides, from stored facts alone, what happens next, and drives
 * the replicas through it.
 */
@NullMarked
package io.modeldiff.replica.campaign;

import org.jspecify.annotations.NullMarked;
