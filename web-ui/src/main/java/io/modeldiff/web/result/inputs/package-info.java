/**
 * The representative inputs of a result: drawn with their weights, without near-duplicates from one
 * chain, in pages; and what kind of text they are.
 */
@NullMarked
package io.modeldiff.web.result.inputs;

import org.jspecify.annotations.NullMarked;
