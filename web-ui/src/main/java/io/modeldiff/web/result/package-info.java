/**
 * The result document of a comparison: the one form in which command line, API, pages, exports and
 * reports tell it.
 */
@NullMarked
package io.modeldiff.web.result;

import org.jspecify.annotations.NullMarked;
