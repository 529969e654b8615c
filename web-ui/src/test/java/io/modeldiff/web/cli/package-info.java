/** Tests of the command line in this process. */
@NullMarked
package io.modeldiff.web.cli;

import org.jspecify.annotations.NullMarked;
