/** How histories are named and read: persistence ids, tags and streams of typed events. */
@NullMarked
package io.modeldiff.core.journal;

import org.jspecify.annotations.NullMarked;
