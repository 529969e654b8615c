/** The terminal side of the command line: streams, progress, Ctrl-C, JSON documents. */
@NullMarked
package io.modeldiff.web.cli.console;

import org.jspecify.annotations.NullMarked;
