/** The report of a comparison: one HTML file that needs nothing else, enough to cite. */
@NullMarked
package io.modeldiff.web.result.report;

import org.jspecify.annotations.NullMarked;
