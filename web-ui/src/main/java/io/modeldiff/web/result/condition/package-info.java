/**
 * Conditions over a result, such as {@code pdAB/countA>0.2}: their grammar, the fields that they
 * may name, and their arithmetic, which is done in logarithms because counts exceed every double.
 */
@NullMarked
package io.modeldiff.web.result.condition;

import org.jspecify.annotations.NullMarked;
