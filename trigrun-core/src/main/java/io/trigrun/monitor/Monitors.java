package io.trigrun.monitor;

import io.trigrun.Cursor;
import io.trigrun.Page;
import java.util.Optional;
import java.util.UUID;

/**
 * The monitors of a workspace (row S12). Every change is one atomic write, and is in force on every
 * node when the call returns. Thread-safe.
 *
 * <pre>{@code
 * MonitorWithToken created =
 *     trigrun.monitors().create(MonitorSpec.of("nightly-backup", Duration.ofDays(1)));
 * trigrun.monitors().ping(created.token(), PingSource.of("192.0.2.7", "curl/8.5.0"));
 * }</pre>
 */
public interface Monitors {

  /**
   * Saves a new monitor, PENDING: its first ping is expected within interval and grace from now.
   *
   * @return the monitor and its token, which can't be read again
   * @throws io.trigrun.ConflictException if another monitor has the name
   * @throws io.trigrun.LimitExceededException if the workspace has as many as it may
   */
  MonitorWithToken create(MonitorSpec spec);

  /**
   * Replaces what is expected. State and token stay, and time counts from where it did: with a
   * shorter interval a monitor may be overdue at once. A monitor that is down stays so until a ping
   * comes. No effect if nothing is different.
   *
   * @throws io.trigrun.NotFoundException if there is no such monitor
   * @throws io.trigrun.ConflictException if another monitor has the name
   */
  Monitor update(UUID monitorId, MonitorSpec spec);

  /**
   * As {@link #update(UUID, MonitorSpec)}, of what it was when it was looked at.
   *
   * @param version {@link Monitor#version}
   * @throws io.trigrun.StaleVersionException if it was pinged or changed since
   */
  Monitor update(UUID monitorId, long version, MonitorSpec spec);

  /** The monitor of an id. */
  Optional<Monitor> find(UUID monitorId);

  /** The monitor of a name. */
  Optional<Monitor> findByName(String name);

  /** The first page of monitors, newest first; 1 to 1,000 a page. */
  Page<Monitor> list(int limit);

  /** The page of monitors that follows a place. */
  Page<Monitor> list(int limit, Cursor after);

  /**
   * A sign of life. Recorded with its source, when this returns; pings that come at the same moment
   * do not get in each other's way. Counts by when it is recorded: one that comes late, but before
   * the monitor was found to be overdue, keeps it up.
   *
   * @param token of a monitor of this workspace; of another one it is unknown. For a route that
   *     knows no workspace see {@link io.trigrun.TrigRun#ping}
   * @throws io.trigrun.spi.StoreException if the store does not work: whoever pings should repeat
   *     it
   */
  PingResult ping(String token, PingSource source);

  /**
   * Waits for pings no more: the monitor does not go down. Pings are recorded and change nothing.
   * No effect on one that is paused.
   *
   * @throws io.trigrun.NotFoundException if there is no such monitor
   */
  Monitor pause(UUID monitorId);

  /**
   * Waits for pings again: PENDING, with interval and grace counted from now. If it was down when
   * it was paused, its next ping is a recovery. No effect on one that is not paused.
   *
   * @throws io.trigrun.NotFoundException if there is no such monitor
   */
  Monitor resume(UUID monitorId);

  /**
   * Replaces the token. The old one is unknown from now on.
   *
   * @return the monitor and its new token, which can't be read again
   * @throws io.trigrun.NotFoundException if there is no such monitor
   */
  MonitorWithToken rotateToken(UUID monitorId);

  /**
   * Deletes a monitor with its history of pings and what it owns. Its token is unknown from now on.
   *
   * @throws io.trigrun.NotFoundException if there is no such monitor
   * @throws io.trigrun.ConflictException if other definitions need it
   */
  void delete(UUID monitorId);

  /**
   * As {@link #delete(UUID)}, of what it was when it was looked at.
   *
   * @throws io.trigrun.StaleVersionException if it was pinged or changed since
   */
  void delete(UUID monitorId, long version);

  /**
   * The first page of the latest pings of a monitor, newest first; 1 to 1,000 a page. At least 100
   * are kept, older ones are forgotten by and by.
   *
   * @throws io.trigrun.NotFoundException if there is no such monitor
   */
  Page<Ping> pings(UUID monitorId, int limit);

  /** The page of pings that follows a place. Throws as {@link #pings(UUID, int)}. */
  Page<Ping> pings(UUID monitorId, int limit, Cursor after);
}
