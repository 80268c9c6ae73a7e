package io.trigrun.monitor;

import java.time.Instant;

/**
 * A monitor went down, or a ping brought it up again. Happens once for each change, however many
 * nodes notice it: monitor and {@link Monitor#version()} name it.
 *
 * @param kind which of the two
 * @param monitor as it is after the change
 * @param downSince since when it is, or was, down
 * @param at when it happened; for a monitor that went down the instant at which that was found out
 */
public record MonitorChange(Kind kind, Monitor monitor, Instant downSince, Instant at) {

  /** What happened. */
  public enum Kind {
    /** No ping came within interval and grace. */
    DOWN("monitor.down"),
    /** A ping came after the monitor had been down. */
    RECOVERED("monitor.recovery");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    /** The word in messages. */
    public String wireName() {
      return wireName;
    }
  }
}
