/** Where corpora and analyses are kept: named byte strings, in files or in Cassandra. */
@NullMarked
package io.modeldiff.analysis.lmdiff.store;

import org.jspecify.annotations.NullMarked;
