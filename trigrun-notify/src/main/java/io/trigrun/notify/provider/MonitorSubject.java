package io.trigrun.notify.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A monitor that went down or recovered.
 *
 * @param expectedInterval how often it expects a ping, whole seconds
 * @param lastPingAt when the latest ping came
 * @param downFor how long it was down, once it has recovered
 */
public record MonitorSubject(
    UUID monitorId,
    String name,
    Duration expectedInterval,
    Optional<Instant> lastPingAt,
    Optional<Duration> downFor)
    implements Subject {}
