/** {@code modeldiff torture}. */
@NullMarked
package io.modeldiff.web.cli.torture;

import org.jspecify.annotations.NullMarked;
