/** Tests of the campaign commands. */
@NullMarked
package io.modeldiff.web.cli.campaign;

import org.jspecify.annotations.NullMarked;
