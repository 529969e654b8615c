/** A running platform as commands, API and dashboard use it. */
@NullMarked
package io.modeldiff.web.platform;

import org.jspecify.annotations.NullMarked;
