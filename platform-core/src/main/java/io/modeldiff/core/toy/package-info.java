/**
 * The toy models of Model-diff (section 4.1 and appendix C): GPT-2s over the ten digits, trained on
 * strings of eight digits whose sum is divisible by 30, small enough that their whole input space
 * can be enumerated.
 */
@NullMarked
package io.modeldiff.core.toy;

import org.jspecify.annotations.NullMarked;
