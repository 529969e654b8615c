/** Brings the write side up on a node: sharding by role, the registry, progress topics. */
@NullMarked
package io.modeldiff.replica.cluster;

import org.jspecify.annotations.NullMarked;
