/** {@code modeldiff score}: texts and their NLLs, streamed in bounded memory. */
@NullMarked
package io.modeldiff.web.cli.score;

import org.jspecify.annotations.NullMarked;
