/** {@code modeldiff user}: who may log in, and API tokens. */
@NullMarked
package io.modeldiff.web.cli.user;

import org.jspecify.annotations.NullMarked;
