/**
 * What the corpus commands find: one computation and one document of each, whether a command's own
 * platform does the work or one that runs elsewhere.
 */
@NullMarked
package io.modeldiff.web.corpus;

import org.jspecify.annotations.NullMarked;
