/** Tests of the package of the same name. */
@NullMarked
package io.modeldiff.core.modeldir;

import org.jspecify.annotations.NullMarked;
