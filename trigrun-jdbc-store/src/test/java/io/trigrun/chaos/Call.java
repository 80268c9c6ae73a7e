package io.trigrun.chaos;

import java.util.UUID;

/** A handler was called. */
record Call(UUID execution, int attempt, String node) {}
