/**
 * What a store and an extension implement.
 *
 * <p>Data flows one way: {@link io.trigrun.spi.JobStore#write write} enqueues, {@link
 * io.trigrun.spi.JobStore#claim claim} hands due executions to a node, and {@link
 * io.trigrun.spi.JobStore#apply apply} records how their attempts ended, with the follow-ups in the
 * same atomic write. A store decides nothing: what is due, when to retry and whom to tell is
 * decided by the engine. A store is done when the contract suite of {@code io.trigrun.contract}
 * (the test-jar of trigrun-core) is green.
 */
@NullMarked
package io.trigrun.spi;

import org.jspecify.annotations.NullMarked;
