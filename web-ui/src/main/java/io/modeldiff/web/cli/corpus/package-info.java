/**
 * {@code modeldiff corpus}: corpora, their analyses and comparisons, without a running platform.
 */
@NullMarked
package io.modeldiff.web.cli.corpus;

import org.jspecify.annotations.NullMarked;
