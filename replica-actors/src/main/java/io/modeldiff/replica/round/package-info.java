/** One round of one replica as a pure function of its key and its sequences. */
@NullMarked
package io.modeldiff.replica.round;

import org.jspecify.annotations.NullMarked;
