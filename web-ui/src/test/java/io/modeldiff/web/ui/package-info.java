/** Tests of this package. */
@NullMarked
package io.modeldiff.web.ui;

import org.jspecify.annotations.NullMarked;
