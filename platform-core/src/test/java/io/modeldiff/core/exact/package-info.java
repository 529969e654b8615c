/** Tests of the package of the same name. */
@NullMarked
package io.modeldiff.core.exact;

import org.jspecify.annotations.NullMarked;
