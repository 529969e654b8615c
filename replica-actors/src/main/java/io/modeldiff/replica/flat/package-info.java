/** Flat-histogram sampling over z after Wang and Landau. */
@NullMarked
package io.modeldiff.replica.flat;

import org.jspecify.annotations.NullMarked;
