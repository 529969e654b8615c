/** Long work: how far it is, and whether it should stop. */
@NullMarked
package io.modeldiff.core.work;

import org.jspecify.annotations.NullMarked;
