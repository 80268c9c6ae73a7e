/**
 * The store that keeps everything in the heap: the readable reference of what a {@link
 * io.trigrun.spi.JobStore} does, the oracle that other stores are compared with in tests, and the
 * default of a host that needs no durability.
 */
@NullMarked
package io.trigrun.memory;

import org.jspecify.annotations.NullMarked;
