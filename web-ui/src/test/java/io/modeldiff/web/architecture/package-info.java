/** Rules that hold for the whole code base. */
@NullMarked
package io.modeldiff.web.architecture;

import org.jspecify.annotations.NullMarked;
