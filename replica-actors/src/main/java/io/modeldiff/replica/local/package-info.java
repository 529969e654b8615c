/** Samplers run in memory, without actors or a journal: for the laboratory and for tests. */
@NullMarked
package io.modeldiff.replica.local;

import org.jspecify.annotations.NullMarked;
