/** Tests of the package of the same name. */
@NullMarked
package io.modeldiff.core.toy;

import org.jspecify.annotations.NullMarked;
