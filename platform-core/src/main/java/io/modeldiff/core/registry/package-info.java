/** What the platform knows by name: models, corpora, campaigns and comparisons, as events. */
@NullMarked
package io.modeldiff.core.registry;

import org.jspecify.annotations.NullMarked;
