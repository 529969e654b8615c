/** Tests of this package. */
@NullMarked
package io.modeldiff.web.access;

import org.jspecify.annotations.NullMarked;
