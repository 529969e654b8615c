/** How far people agree with each other: Krippendorff's alpha and Cohen's kappa, with intervals. */
@NullMarked
package io.modeldiff.analysis.agreement;

import org.jspecify.annotations.NullMarked;
