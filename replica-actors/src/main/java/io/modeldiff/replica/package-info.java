/** Root package of the replica-actors module. */
@NullMarked
package io.modeldiff.replica;

import org.jspecify.annotations.NullMarked;
