/** The client of a platform that runs elsewhere. */
@NullMarked
package io.modeldiff.web.remote;

import org.jspecify.annotations.NullMarked;
