/**
 * The one store, Cassandra, and the data directory around it.
 *
 * <p>A {@link io.modeldiff.core.store.DataDirectory} is locked by one process at a time. The store
 * is either an external cluster or an {@link io.modeldiff.core.store.EmbeddedCassandra}: a child
 * process with its own class path, data under the data directory, loopback ports picked once and
 * remembered, every acknowledged write synced to disk. {@link io.modeldiff.core.store.Store} puts
 * the parts together and {@link io.modeldiff.core.store.StoreHealth} says how the store is.
 */
@NullMarked
package io.modeldiff.core.store;

import org.jspecify.annotations.NullMarked;
