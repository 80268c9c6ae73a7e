package io.trigrun.notify.provider;

import java.time.Instant;

/**
 * What there is to tell.
 *
 * @param event the event's name in JSON, {@code execution.failed} for example
 * @param at when it happened
 * @param subject the facts, for media that programs read
 * @param notice the same in words, for media that people read
 */
public record Message(String event, Instant at, Subject subject, Notice notice) {}
