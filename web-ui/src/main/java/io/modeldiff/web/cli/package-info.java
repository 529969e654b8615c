/**
 * The {@code modeldiff} command line: one small class per verb, options that mean the same
 * everywhere, one JSON document on stdout with {@code --json}, exit codes 0 (done), 1 (the work
 * failed) and 2 (bad usage or bad input).
 */
@NullMarked
package io.modeldiff.web.cli;

import org.jspecify.annotations.NullMarked;
