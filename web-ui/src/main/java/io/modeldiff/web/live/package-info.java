/**
 * The services over a running platform: changes go to its actors, figures come from its journal.
 */
@NullMarked
package io.modeldiff.web.live;

import org.jspecify.annotations.NullMarked;
