/**
 * {@code modeldiff corpus}: corpora, their analyses and comparisons, on a running platform or on
 * one of the command's own.
 */
@NullMarked
package io.modeldiff.web.cli.corpus;

import org.jspecify.annotations.NullMarked;
