package io.trigrun.internal.monitor;

import io.trigrun.monitor.Monitor;
import io.trigrun.monitor.MonitorSpec;
import io.trigrun.spi.Definition;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A monitor that is yet to be stored, for whoever writes other things along with it.
 *
 * @param monitor as it is then
 * @param writes all of it
 * @param due when its new check is due, if it gets one
 */
public record MonitorDraft(Monitor monitor, WriteSet writes, Optional<Instant> due) {

  /** The kind of their definitions. */
  public static final String KIND = MonitorEntry.KIND;

  /**
   * A new one.
   *
   * @param most how many the workspace may have
   */
  public static MonitorDraft created(
      UUID id, MonitorSpec spec, String workspace, String token, int most, Instant now) {
    MonitorEntry monitor = MonitorEntry.created(id, spec, workspace, token, now);
    return new MonitorDraft(
        monitor.view(),
        WriteSet.save(monitor.write(), most)
            .plus(WriteSet.enqueue(List.of(MonitorCheck.of(monitor, now)))),
        Optional.of(monitor.beat().deadline()));
  }

  /**
   * A stored one with another spec.
   *
   * @param why what the check is told that is not needed any more
   */
  public static MonitorDraft changed(Definition stored, MonitorSpec spec, String why, Instant now) {
    MonitorEntry before = MonitorEntry.read(stored);
    MonitorStep step =
        MonitorStep.of(before, before.beat().with(spec), before.pings(), now, List.of())
            .cancelling(before, why, now);
    return new MonitorDraft(step.after().view(), step.writes(), step.due());
  }

  /** Takes back the check of a monitor that is deleted. */
  public static WriteSet cancelled(Definition stored, String why, Instant now) {
    return MonitorStep.cancelled(MonitorEntry.read(stored), why, now);
  }

  /** A monitor as it is stored. */
  public static Monitor read(Definition stored) {
    return MonitorEntry.read(stored).view();
  }
}
