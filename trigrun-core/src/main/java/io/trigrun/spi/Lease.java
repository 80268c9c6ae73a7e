package io.trigrun.spi;

import java.util.UUID;

/** The right to write about an execution, until the number is outdated (fencing). */
public record Lease(UUID executionId, long number) {}
