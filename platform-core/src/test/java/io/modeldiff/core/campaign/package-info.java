/** Tests of campaign specifications. */
@NullMarked
package io.modeldiff.core.campaign;

import org.jspecify.annotations.NullMarked;
