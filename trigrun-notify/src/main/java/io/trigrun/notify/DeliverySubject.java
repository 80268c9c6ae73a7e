package io.trigrun.notify;

import java.util.Optional;
import java.util.UUID;

/**
 * What a delivery is about.
 *
 * @param jobId the job, of news about it and its executions
 * @param executionId the execution, of news about executions
 * @param monitorId the monitor, of news about monitors
 */
public record DeliverySubject(
    Optional<UUID> jobId, Optional<UUID> executionId, Optional<UUID> monitorId) {

  static DeliverySubject execution(UUID jobId, UUID executionId) {
    return new DeliverySubject(Optional.of(jobId), Optional.of(executionId), Optional.empty());
  }

  static DeliverySubject job(UUID jobId) {
    return new DeliverySubject(Optional.of(jobId), Optional.empty(), Optional.empty());
  }

  static DeliverySubject monitor(UUID monitorId) {
    return new DeliverySubject(Optional.empty(), Optional.empty(), Optional.of(monitorId));
  }

  static DeliverySubject none() {
    return new DeliverySubject(Optional.empty(), Optional.empty(), Optional.empty());
  }
}
