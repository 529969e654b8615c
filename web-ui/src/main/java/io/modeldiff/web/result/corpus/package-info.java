/** A fixed corpus as the input space, beside what the models' own spaces show. */
@NullMarked
package io.modeldiff.web.result.corpus;

import org.jspecify.annotations.NullMarked;
