package io.trigrun;

import java.time.Instant;
import java.util.UUID;

/**
 * A place in a list that is ordered by creation, newest first: the last item already seen. Items
 * created meanwhile do not move it.
 */
public record Cursor(Instant createdAt, UUID id) {}
