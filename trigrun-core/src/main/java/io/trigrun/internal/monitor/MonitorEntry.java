package io.trigrun.internal.monitor;

import io.trigrun.monitor.Monitor;
import io.trigrun.monitor.MonitorSpec;
import io.trigrun.spi.Definition;
import io.trigrun.spi.TimeOrderedId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A monitor with all that the store keeps of it.
 *
 * @param tokenHash its lookup key
 * @param check the execution that wakes when its ping may be overdue, while it is watched
 */
record MonitorEntry(
    UUID id,
    String workspace,
    String tokenHash,
    long version,
    Instant createdAt,
    Instant updatedAt,
    Heartbeat beat,
    Optional<UUID> check,
    PingTail pings) {

  static final String KIND = "monitor";

  static boolean is(Definition definition) {
    return definition.kind().equals(KIND);
  }

  /** A new one, whose check is yet to be enqueued. */
  static MonitorEntry created(
      UUID id, MonitorSpec spec, String workspace, String token, Instant now) {
    return new MonitorEntry(
        id,
        workspace,
        MonitorToken.hash(token),
        1,
        now,
        now,
        Heartbeat.created(spec, now),
        Optional.of(TimeOrderedId.at(now)),
        PingTail.EMPTY);
  }

  static MonitorEntry read(Definition definition) {
    JsonNode document = MonitorJson.read(definition.document());
    return new MonitorEntry(
        definition.id(),
        definition.workspace(),
        definition.lookupKey().orElseThrow(),
        definition.version(),
        definition.createdAt(),
        definition.updatedAt(),
        MonitorJson.beat(definition.name(), document),
        MonitorJson.text(document.get("check")).map(UUID::fromString),
        new PingTail(document.get("count").longValue(), MonitorJson.pings(document)));
  }

  /** Not configuration: no run depends on it, and it changes with each ping. */
  Definition write() {
    ObjectNode document = MonitorJson.object();
    MonitorJson.put(document, beat);
    check.ifPresent(execution -> document.put("check", execution.toString()));
    document.put("count", pings.count());
    MonitorJson.putPings(document, pings.latest());
    return new Definition(
        id,
        workspace,
        KIND,
        beat.spec().name(),
        Optional.empty(),
        Optional.of(tokenHash),
        Set.of(),
        false,
        version,
        createdAt,
        updatedAt,
        document.toString());
  }

  /** The next version. */
  MonitorEntry next(Heartbeat other, Optional<UUID> otherCheck, PingTail more, Instant now) {
    return new MonitorEntry(
        id, workspace, tokenHash, version + 1, createdAt, now, other, otherCheck, more);
  }

  /** The next version, with another token. */
  MonitorEntry withToken(String hash, Instant now) {
    return new MonitorEntry(id, workspace, hash, version + 1, createdAt, now, beat, check, pings);
  }

  Monitor view() {
    return new Monitor(
        id,
        workspace,
        beat.spec(),
        beat.state(),
        version,
        createdAt,
        updatedAt,
        pings.count(),
        beat.lastPingAt(),
        beat.nextExpectedAt(),
        beat.downSince());
  }
}
