/** Tests of this package. */
@NullMarked
package io.modeldiff.web.api;

import org.jspecify.annotations.NullMarked;
