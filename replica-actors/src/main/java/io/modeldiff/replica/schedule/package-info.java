/** The distributions that rungs sample: tempered, floored or flat over the NLL. */
@NullMarked
package io.modeldiff.replica.schedule;

import org.jspecify.annotations.NullMarked;
