package io.trigrun.spi;

import java.util.UUID;

/**
 * What became of an execution to enqueue.
 *
 * @param executionId the execution that exists now: the new one or, if its key was taken, the one
 *     that holds the key
 * @param duplicate whether its key was taken
 */
public record Enqueued(UUID executionId, boolean duplicate) {}
