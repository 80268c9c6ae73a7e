package io.trigrun.internal.monitor;

import io.trigrun.ConflictException;
import io.trigrun.Cursor;
import io.trigrun.LimitExceededException;
import io.trigrun.NotFoundException;
import io.trigrun.Page;
import io.trigrun.StaleVersionException;
import io.trigrun.WorkspaceLimits;
import io.trigrun.internal.secret.Referrers;
import io.trigrun.monitor.Monitor;
import io.trigrun.monitor.MonitorSpec;
import io.trigrun.monitor.MonitorWithToken;
import io.trigrun.monitor.Monitors;
import io.trigrun.monitor.Ping;
import io.trigrun.monitor.PingResult;
import io.trigrun.monitor.PingSource;
import io.trigrun.spi.Conflict;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The monitors of a workspace: every operation reads, decides, and writes once, by compare-and-set;
 * if a ping was faster it does so again.
 */
public final class StoredMonitors implements Monitors {

  private static final int MOST_TRIES = 100;

  private final JobStore store;
  private final Supplier<Instant> clock;
  private final String workspace;
  private final Supplier<WorkspaceLimits> limits;
  private final MonitorPings pings;
  private final Consumer<Instant> wakeFor;

  public StoredMonitors(
      JobStore store,
      Supplier<Instant> clock,
      String workspace,
      Supplier<WorkspaceLimits> limits,
      MonitorPings pings,
      Consumer<Instant> wakeFor) {
    this.store = store;
    this.clock = clock;
    this.workspace = workspace;
    this.limits = limits;
    this.pings = pings;
    this.wakeFor = wakeFor;
  }

  @Override
  public MonitorWithToken create(MonitorSpec spec) {
    String token = MonitorToken.issue();
    int most = limits.get().monitors();
    Instant now = now();
    MonitorDraft draft =
        MonitorDraft.created(TimeOrderedId.at(now), spec, workspace, token, most, now);
    if (store.write(draft.writes()) instanceof WriteResult.Refused refused) {
      throw refused.conflict().reason() == Conflict.Reason.LIMIT_REACHED
          ? new LimitExceededException(workspace, "monitors", most)
          : refusal(spec.name(), refused.conflict());
    }
    draft.due().ifPresent(wakeFor);
    return new MonitorWithToken(draft.monitor(), token);
  }

  @Override
  public Monitor update(UUID monitorId, MonitorSpec spec) {
    return change(monitorId, "the monitor was updated", (beat, now) -> beat.with(spec));
  }

  @Override
  public Monitor update(UUID monitorId, long version, MonitorSpec spec) {
    return change(
        monitorId,
        OptionalLong.of(version),
        "the monitor was updated",
        (beat, now) -> beat.with(spec));
  }

  @Override
  public Monitor pause(UUID monitorId) {
    return change(monitorId, "the monitor was paused", (beat, now) -> beat.paused());
  }

  @Override
  public Monitor resume(UUID monitorId) {
    return change(monitorId, "the monitor was resumed", Heartbeat::resumed);
  }

  private Monitor change(
      UUID monitorId, String why, BiFunction<Heartbeat, Instant, Heartbeat> change) {
    return change(monitorId, OptionalLong.empty(), why, change);
  }

  private Monitor change(
      UUID monitorId,
      OptionalLong version,
      String why,
      BiFunction<Heartbeat, Instant, Heartbeat> change) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      MonitorEntry monitor = get(monitorId);
      requireVersion(monitor, version);
      Instant now = now();
      Heartbeat beat = change.apply(monitor.beat(), now);
      if (beat.equals(monitor.beat())) {
        return monitor.view();
      }
      MonitorStep step =
          MonitorStep.of(monitor, beat, monitor.pings(), now, List.of())
              .cancelling(monitor, why, now);
      if (isStored(beat.spec().name(), step.writes())) {
        step.due().ifPresent(wakeFor);
        return step.after().view();
      }
    }
    throw busy(monitorId);
  }

  @Override
  public MonitorWithToken rotateToken(UUID monitorId) {
    String token = MonitorToken.issue();
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      MonitorEntry after = get(monitorId).withToken(MonitorToken.hash(token), now());
      if (isStored(after.beat().spec().name(), WriteSet.save(after.write()))) {
        return new MonitorWithToken(after.view(), token);
      }
    }
    throw busy(monitorId);
  }

  private static void requireVersion(MonitorEntry monitor, OptionalLong version) {
    if (version.isPresent() && version.getAsLong() != monitor.version()) {
      throw new StaleVersionException(
          "monitor " + monitor.beat().spec().name(), version.getAsLong(), monitor.version());
    }
  }

  @Override
  public void delete(UUID monitorId) {
    delete(monitorId, OptionalLong.empty());
  }

  @Override
  public void delete(UUID monitorId, long version) {
    delete(monitorId, OptionalLong.of(version));
  }

  private void delete(UUID monitorId, OptionalLong version) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      MonitorEntry monitor = get(monitorId);
      requireVersion(monitor, version);
      WriteSet deletion =
          new WriteSet(
              List.of(),
              List.of(new DefinitionWrite.Delete(monitorId, monitor.version())),
              List.of());
      WriteSet check = MonitorStep.cancelled(monitor, "the monitor was deleted", now());
      if (isStored(monitor.beat().spec().name(), deletion.plus(check))) {
        return;
      }
    }
    throw busy(monitorId);
  }

  /** Whether nobody was faster. */
  private boolean isStored(String name, WriteSet writes) {
    if (store.write(writes) instanceof WriteResult.Refused refused) {
      if (refused.conflict().reason() == Conflict.Reason.VERSION) {
        return false;
      }
      throw refusal(name, refused.conflict());
    }
    return true;
  }

  private ConflictException refusal(String name, Conflict conflict) {
    return switch (conflict.reason()) {
      case NAME_TAKEN ->
          new ConflictException("expected a name that no other monitor has, got " + name);
      case REFERENCED ->
          new ConflictException(
              "expected monitor "
                  + name
                  + " to be free to go, but these definitions need it: "
                  + conflict.others(),
              Referrers.of(store, conflict.others()));
      default ->
          new ConflictException("expected to save monitor " + name + ", got " + conflict.reason());
    };
  }

  private static ConflictException busy(UUID monitorId) {
    return new ConflictException(
        "expected monitor %s to be at rest for a moment, got %d changes meanwhile: try again"
            .formatted(monitorId, MOST_TRIES));
  }

  @Override
  public Optional<Monitor> find(UUID monitorId) {
    return stored(monitorId).map(MonitorEntry::read).map(MonitorEntry::view);
  }

  @Override
  public Optional<Monitor> findByName(String name) {
    return store
        .findDefinitionByName(workspace, MonitorEntry.KIND, name)
        .map(MonitorEntry::read)
        .map(MonitorEntry::view);
  }

  @Override
  public Page<Monitor> list(int limit) {
    return list(DefinitionQuery.of(workspace, MonitorEntry.KIND).limit(limit));
  }

  @Override
  public Page<Monitor> list(int limit, Cursor after) {
    return list(DefinitionQuery.of(workspace, MonitorEntry.KIND).limit(limit).after(after));
  }

  private Page<Monitor> list(DefinitionQuery query) {
    Page<Definition> page = store.listDefinitions(query);
    return new Page<>(
        page.items().stream().map(MonitorEntry::read).map(MonitorEntry::view).toList(),
        page.next());
  }

  @Override
  public PingResult ping(String token, PingSource source) {
    return pings.ping(token, source, monitor -> monitor.workspace().equals(workspace));
  }

  @Override
  public Page<Ping> pings(UUID monitorId, int limit) {
    return new PingHistory(store, existing(monitorId)).page(limit, Long.MAX_VALUE);
  }

  @Override
  public Page<Ping> pings(UUID monitorId, int limit, Cursor after) {
    return new PingHistory(store, existing(monitorId)).page(limit, PingHistory.number(after));
  }

  private MonitorEntry get(UUID monitorId) {
    return MonitorEntry.read(existing(monitorId));
  }

  private Definition existing(UUID monitorId) {
    return stored(monitorId).orElseThrow(() -> new NotFoundException("monitor", monitorId));
  }

  private Optional<Definition> stored(UUID monitorId) {
    return store.findDefinitions(List.of(monitorId)).stream()
        .filter(MonitorEntry::is)
        .filter(definition -> definition.workspace().equals(workspace))
        .findFirst();
  }

  private Instant now() {
    return clock.get().truncatedTo(ChronoUnit.MICROS);
  }
}
