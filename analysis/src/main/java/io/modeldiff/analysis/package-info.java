/** Root package of the analysis module. */
@NullMarked
package io.modeldiff.analysis;

import org.jspecify.annotations.NullMarked;
