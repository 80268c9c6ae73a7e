/**
 * Monitors (row S12): {@code Heartbeat} decides, {@code MonitorStep} makes one write of it; pings,
 * the check and the host's calls each take such steps by compare-and-set.
 */
@NullMarked
package io.trigrun.internal.monitor;

import org.jspecify.annotations.NullMarked;
