/** The swap phase of replica exchange, and the traffic of walkers along the ladder. */
@NullMarked
package io.modeldiff.replica.swap;

import org.jspecify.annotations.NullMarked;
