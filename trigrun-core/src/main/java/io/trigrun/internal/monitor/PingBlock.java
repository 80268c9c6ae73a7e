package io.trigrun.internal.monitor;

import io.trigrun.monitor.Ping;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Some pings in a row, as a definition that the monitor owns. A monitor has a ring of these: the
 * number of its pings says which one is written next and which version it gets, so that none has to
 * be read before.
 */
final class PingBlock {

  static final String KIND = "monitor_pings";

  /** How many pings a block has. */
  static final int SIZE = 10;

  /** How many blocks a monitor has at most. */
  static final int RING = 10;

  private PingBlock() {}

  /** The block of a full tail. */
  static Definition of(Definition monitor, PingTail tail, Instant now) {
    long block = tail.count() / SIZE - 1;
    long slot = block % RING;
    ObjectNode document = MonitorJson.object();
    MonitorJson.putPings(document, tail.latest());
    return new Definition(
        id(monitor.id(), slot),
        monitor.workspace(),
        KIND,
        monitor.id() + "/" + slot,
        Optional.of(monitor.id()),
        Optional.empty(),
        Set.of(),
        false,
        block / RING + 1,
        now,
        now,
        document.toString());
  }

  /** The id of a slot: always the same, so that it can be replaced unseen. */
  private static UUID id(UUID monitorId, long slot) {
    // Version and variant bits of a UUID lie elsewhere: these are the last of its random ones.
    return new UUID(
        monitorId.getMostSignificantBits(), monitorId.getLeastSignificantBits() ^ (slot + 1));
  }

  static boolean isSlotOf(UUID monitorId, UUID definitionId) {
    return LongStream.range(0, RING).anyMatch(slot -> id(monitorId, slot).equals(definitionId));
  }

  static List<Ping> read(Definition block) {
    JsonNode document = MonitorJson.read(block.document());
    return MonitorJson.pings(document);
  }

  static DefinitionQuery of(Definition monitor) {
    return DefinitionQuery.of(monitor.workspace(), KIND).ownedBy(monitor.id()).limit(RING);
  }
}
