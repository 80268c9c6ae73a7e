package io.trigrun.spi;

import java.time.Duration;

/**
 * A limit on how many turns of a key are given within a time.
 *
 * @param key what shares the limit; 1 to 300 characters
 * @param limit 1 or more; the limit that the one who asks carries counts
 * @param window no stretch of time as long as this holds more than {@code limit} turns
 */
public record Rate(String key, int limit, Duration window) {}
