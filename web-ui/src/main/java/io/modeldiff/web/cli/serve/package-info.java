/** Commands that run the platform until they are stopped: {@code serve} and {@code worker}. */
@NullMarked
package io.modeldiff.web.cli.serve;

import org.jspecify.annotations.NullMarked;
