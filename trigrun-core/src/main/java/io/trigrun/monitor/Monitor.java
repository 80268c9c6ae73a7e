package io.trigrun.monitor;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A saved monitor. A snapshot.
 *
 * @param id unique, for ever
 * @param workspace the tenant it belongs to
 * @param spec what is expected of whoever pings it
 * @param state where it stands
 * @param version rises with each ping and each other change
 * @param createdAt when it was created
 * @param updatedAt when it was last pinged or changed
 * @param pings how many pings it has had, those while paused included
 * @param lastPingAt when the latest of them came
 * @param nextExpectedAt when the next ping should come; the monitor goes down when the grace has
 *     passed, too. Empty while it is down or paused
 * @param downSince since when it is down; stays through a pause, until a ping has brought it up
 */
public record Monitor(
    UUID id,
    String workspace,
    MonitorSpec spec,
    MonitorState state,
    long version,
    Instant createdAt,
    Instant updatedAt,
    long pings,
    Optional<Instant> lastPingAt,
    Optional<Instant> nextExpectedAt,
    Optional<Instant> downSince) {

  public String name() {
    return spec.name();
  }
}
