/** The original LMdiff tool's web API, served beside our own so that its client works here. */
@NullMarked
package io.modeldiff.web.api.lmdiff;

import org.jspecify.annotations.NullMarked;
