package io.trigrun.schedulefile;

import io.trigrun.monitor.MonitorSpec;

/**
 * A monitor of a schedule file.
 *
 * @param place where its name stands
 */
public record FileMonitor(MonitorSpec spec, Place place) {}
