/**
 * Analysis caches: what one model says about every token of every phrase of a corpus, scored in
 * chunks that survive a kill, stored wherever a {@link
 * io.modeldiff.analysis.lmdiff.store.BlobStore} keeps bytes.
 */
@NullMarked
package io.modeldiff.analysis.lmdiff.cache;

import org.jspecify.annotations.NullMarked;
