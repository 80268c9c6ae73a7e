package io.trigrun.notify;

import io.trigrun.Attempt;
import io.trigrun.ConflictException;
import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.NotFoundException;
import io.trigrun.Page;
import io.trigrun.spi.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The messages of a workspace that were sent, are being sent or could not be (row N14), and the
 * callbacks of its jobs (row S14).
 */
public final class Deliveries {

  private static final int PAGE = 1_000;

  private final Host host;
  private final String workspace;

  Deliveries(Host host, String workspace) {
    this.host = host;
    this.workspace = workspace;
  }

  /** Deliveries, newest first. */
  public Page<Delivery> list(DeliveryQuery query) {
    ExecutionQuery executions =
        ExecutionQuery.all(workspace).handler(query.kind().handler()).limit(query.limit());
    if (query.status().isPresent()) {
      executions = executions.states(query.status().get().states());
    }
    if (query.after().isPresent()) {
      executions = executions.after(query.after().get());
    }
    Page<Execution> page = host.store().listExecutions(executions);
    return new Page<>(page.items().stream().map(Delivery::of).toList(), page.next());
  }

  /** The delivery of an id. */
  public Optional<Delivery> find(UUID deliveryId) {
    return stored(deliveryId).map(Delivery::of);
  }

  /** All deliveries about an execution, callbacks included, newest first. */
  public List<Delivery> of(UUID executionId) {
    List<Delivery> all = new ArrayList<>();
    ExecutionQuery query = ExecutionQuery.all(workspace).parent(executionId).limit(PAGE);
    Page<Execution> page = host.store().listExecutions(query);
    all.addAll(deliveries(page));
    while (page.next().isPresent()) {
      page = host.store().listExecutions(query.after(page.next().get()));
      all.addAll(deliveries(page));
    }
    return all;
  }

  /** Other jobs that the execution has started are none. */
  private static List<Delivery> deliveries(Page<Execution> page) {
    return page.items().stream()
        .filter(execution -> DeliveryKind.isDelivery(execution.handler()))
        .map(Delivery::of)
        .toList();
  }

  /**
   * The attempts of a delivery, oldest first. One after which the receiver asked to wait has the
   * number of the next one, because it does not count.
   */
  public List<Attempt> attempts(UUID deliveryId) {
    return stored(deliveryId)
        .map(execution -> host.store().attempts(execution.id()))
        .orElse(List.of());
  }

  /**
   * Sends a failed delivery again, now: the same bytes with the same id, to where the channel or
   * job says today, with all attempts before it.
   *
   * @return as it is then
   * @throws NotFoundException if there is no such delivery
   * @throws ConflictException if it has not failed
   */
  public Delivery retry(UUID deliveryId) {
    Delivery delivery = existing(deliveryId);
    boolean revived =
        delivery.status() == DeliveryStatus.FAILED
            && host.store().revive(deliveryId, host.clock().instant());
    if (!revived) {
      throw new ConflictException(
          "expected a delivery that has failed, got one that is "
              + existing(deliveryId).status().name().toLowerCase(Locale.ROOT));
    }
    host.wakeUp();
    return existing(deliveryId);
  }

  private Delivery existing(UUID deliveryId) {
    return find(deliveryId).orElseThrow(() -> new NotFoundException("delivery", deliveryId));
  }

  private Optional<Execution> stored(UUID deliveryId) {
    return host.store().findExecutions(List.of(deliveryId)).stream()
        .filter(execution -> DeliveryKind.isDelivery(execution.handler()))
        .filter(execution -> execution.workspace().equals(workspace))
        .findFirst();
  }
}
