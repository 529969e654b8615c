/** Talking to a platform that runs in another process, through its API. */
@NullMarked
package io.modeldiff.web.remote;

import org.jspecify.annotations.NullMarked;
