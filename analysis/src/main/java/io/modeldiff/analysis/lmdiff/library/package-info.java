/**
 * Corpora and their analyses by name, kept in a {@link
 * io.modeldiff.analysis.lmdiff.store.BlobStore}.
 */
@NullMarked
package io.modeldiff.analysis.lmdiff.library;

import org.jspecify.annotations.NullMarked;
