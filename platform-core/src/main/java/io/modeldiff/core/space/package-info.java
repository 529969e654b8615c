/** The input space: length, prefix, allowed tokens and the NLL range Z. */
@NullMarked
package io.modeldiff.core.space;

import org.jspecify.annotations.NullMarked;
