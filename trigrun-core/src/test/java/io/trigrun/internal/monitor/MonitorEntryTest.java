package io.trigrun.internal.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.monitor.MonitorSpec;
import io.trigrun.monitor.MonitorState;
import io.trigrun.monitor.PingSource;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.WriteSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is stored is read as it was, stays small, and says which block comes next. */
class MonitorEntryTest {

  private static final Instant NOW = Instant.parse("2026-03-16T10:00:00.123456Z");
  private static final MonitorSpec SPEC = MonitorSpec.of("backup", Duration.ofMinutes(1));
  private static final PingSource CURL = PingSource.of("192.0.2.7", "curl/8.5.0");

  private static MonitorEntry entry(Heartbeat beat, PingTail pings) {
    return new MonitorEntry(
        UUID.fromString("0190d0a0-0000-7000-8000-00000000abcd"),
        "default",
        "hash",
        7,
        NOW,
        NOW.plusSeconds(1),
        beat,
        Optional.of(new UUID(1, 2)),
        pings);
  }

  @Test
  void a_monitor_survives_its_document() {
    Heartbeat full =
        new Heartbeat(SPEC, MonitorState.PAUSED, NOW, Optional.of(NOW), Optional.of(NOW));
    PingTail pings = PingTail.EMPTY.plus(NOW, CURL).plus(NOW, PingSource.unknown());
    MonitorEntry entry = entry(full, pings);
    assertThat(MonitorEntry.read(entry.write())).isEqualTo(entry);
    MonitorEntry bare = entry(Heartbeat.created(SPEC, NOW), PingTail.EMPTY);
    assertThat(MonitorEntry.read(bare.write())).isEqualTo(bare);
    assertThat(entry.write().configuration()).isFalse();
  }

  @Test
  void every_tenth_ping_moves_ten_into_a_block_and_blocks_take_turns() {
    MonitorEntry monitor = entry(Heartbeat.created(SPEC, NOW), PingTail.EMPTY);
    int longest = 0;
    for (int i = 1; i <= 250; i++) {
      MonitorStep step =
          MonitorStep.of(
              monitor, monitor.beat().pinged(NOW), monitor.pings().plus(NOW, CURL), NOW, List.of());
      WriteSet writes = step.writes();
      assertThat(writes.definitions()).as("ping " + i).hasSize(i % 10 == 0 ? 2 : 1);
      if (i % 10 == 0) {
        Definition block = definition(writes, 1);
        assertThat(block.name()).isEqualTo(monitor.id() + "/" + (i / 10 - 1) % 10);
        assertThat(block.version()).isEqualTo((i / 10 - 1) / 10 + 1);
        assertThat(PingBlock.isSlotOf(monitor.id(), block.id())).isTrue();
        assertThat(PingBlock.read(block)).hasSize(10).last().extracting("number").isEqualTo(0L + i);
      }
      assertThat(step.due()).as("pings leave the check alone").isEmpty();
      longest = Math.max(longest, definition(writes, 0).document().length());
      monitor = step.after();
    }
    assertThat(longest).isLessThan(1_000);
  }

  private static Definition definition(WriteSet writes, int index) {
    return ((DefinitionWrite.Save) writes.definitions().get(index)).definition();
  }
}
