/**
 * Heartbeats (row S12): a program outside pings a {@link io.trigrun.monitor.Monitor} through its
 * token; if it falls silent for longer than expected the monitor goes down, and its next ping
 * brings it up again. What follows from that is planned by {@code io.trigrun.spi.MonitorFollowUps}.
 */
@NullMarked
package io.trigrun.monitor;

import org.jspecify.annotations.NullMarked;
