/**
 * Language models as the samplers and scorers see them; engines live in sub-packages behind this
 * interface.
 */
@NullMarked
package io.modeldiff.core.lm;

import org.jspecify.annotations.NullMarked;
