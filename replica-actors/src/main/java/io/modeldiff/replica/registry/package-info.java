/** The platform's list of models, corpora, campaigns and comparisons, and the campaigns' queue. */
@NullMarked
package io.modeldiff.replica.registry;

import org.jspecify.annotations.NullMarked;
