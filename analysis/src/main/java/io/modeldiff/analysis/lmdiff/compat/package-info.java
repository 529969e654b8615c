/**
 * The original tool's workflow and web API: configuration directories from plain model directories,
 * and the answers that its own web client expects.
 */
@NullMarked
package io.modeldiff.analysis.lmdiff.compat;

import org.jspecify.annotations.NullMarked;
