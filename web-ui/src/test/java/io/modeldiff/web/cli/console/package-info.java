/** Tests of the terminal side of the command line. */
@NullMarked
package io.modeldiff.web.cli.console;

import org.jspecify.annotations.NullMarked;
