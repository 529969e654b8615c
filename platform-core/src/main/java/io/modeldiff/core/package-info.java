/** Root package of the platform-core module. */
@NullMarked
package io.modeldiff.core;

import org.jspecify.annotations.NullMarked;
