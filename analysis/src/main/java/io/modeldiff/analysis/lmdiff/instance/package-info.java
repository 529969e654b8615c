/**
 * One text under two models, token by token (LMdiff, section 2.1): probabilities, ranks, likely
 * alternatives, differences, divergences, and character spans where the tokenizers differ.
 */
@NullMarked
package io.modeldiff.analysis.lmdiff.instance;

import org.jspecify.annotations.NullMarked;
