/**
 * How events, snapshots and messages become bytes: Jackson CBOR, bound through one marker
 * interface. Java serialization is off everywhere.
 */
@NullMarked
package io.modeldiff.core.serialization;

import org.jspecify.annotations.NullMarked;
