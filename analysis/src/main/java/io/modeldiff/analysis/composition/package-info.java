/**
 * What kind of texts a bin of D is made of: simple stated rules, and the tokens that it holds more
 * of than the rest.
 */
@NullMarked
package io.modeldiff.analysis.composition;

import org.jspecify.annotations.NullMarked;
