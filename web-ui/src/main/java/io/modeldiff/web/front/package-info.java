/** Dashboard and API of one process, started and stopped together. */
@NullMarked
package io.modeldiff.web.front;

import org.jspecify.annotations.NullMarked;
