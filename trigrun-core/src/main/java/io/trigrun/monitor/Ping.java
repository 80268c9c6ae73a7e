package io.trigrun.monitor;

import java.time.Instant;

/**
 * A ping that was recorded.
 *
 * @param number counts the pings of its monitor, from 1
 */
public record Ping(long number, Instant at, PingSource source) {}
