/** Tests of this package. */
@NullMarked
package io.modeldiff.web.compare;

import org.jspecify.annotations.NullMarked;
