/** Services of a running platform: what they write and read. */
@NullMarked
package io.modeldiff.web.live;

import org.jspecify.annotations.NullMarked;
