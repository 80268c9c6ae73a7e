package io.trigrun.notify.provider;

import java.util.Optional;
import java.util.UUID;

/**
 * The run that something comes from.
 *
 * @param jobId of its job, if it is one of a job
 * @param jobName the name of that job
 */
public record RunReference(UUID executionId, Optional<UUID> jobId, Optional<String> jobName) {}
