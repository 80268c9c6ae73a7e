package io.trigrun.notify;

import io.trigrun.Attempt;
import io.trigrun.ConflictException;
import io.trigrun.Cursor;
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
import java.util.function.Predicate;

/**
 * The messages of a workspace that were sent, are being sent or could not be (row N14), and the
 * callbacks of its jobs (row S14).
 */
public final class Deliveries {

  private static final int PAGE = 1_000;
  private static final int CHUNK = 200;
  private static final int MOST_LOOKED_AT = 2_000;

  private final Host host;
  private final String workspace;

  Deliveries(Host host, String workspace) {
    this.host = host;
    this.workspace = workspace;
  }

  /** Deliveries, newest first. */
  public Page<Delivery> list(DeliveryQuery query) {
    ExecutionQuery executions = ExecutionQuery.all(workspace).handler(query.kind().handler());
    if (query.status().isPresent()) {
      executions = executions.states(query.status().get().states());
    }
    Optional<UUID> channel = query.channelId();
    return channel.isEmpty()
        ? filtered(executions, query.limit(), query.after(), query.limit(), delivery -> true)
        : filtered(
            executions,
            query.limit(),
            query.after(),
            CHUNK,
            delivery -> delivery.channelId().equals(channel));
  }

  /** Some of {@link #of(UUID)}; maybe fewer than asked for, although more follow. */
  Page<Delivery> of(UUID executionId, int limit, Optional<Cursor> after) {
    ExecutionQuery children = ExecutionQuery.all(workspace).parent(executionId);
    return filtered(children, limit, after, CHUNK, delivery -> true);
  }

  /**
   * What the store can't filter.
   *
   * @param chunk how many to ask for at once
   */
  private Page<Delivery> filtered(
      ExecutionQuery query,
      int limit,
      Optional<Cursor> after,
      int chunk,
      Predicate<Delivery> isWanted) {
    List<Delivery> wanted = new ArrayList<>();
    Optional<Cursor> place = after;
    for (int looked = 0; ; ) {
      ExecutionQuery next = query.limit(chunk);
      Page<Execution> page = host.store().listExecutions(place.map(next::after).orElse(next));
      for (int i = 0; i < page.items().size(); i++) {
        Execution execution = page.items().get(i);
        Optional<Delivery> delivery = delivery(execution).filter(isWanted);
        delivery.ifPresent(wanted::add);
        boolean isLast = i == page.items().size() - 1;
        if (wanted.size() == limit && !isLast) {
          return new Page<>(wanted, Optional.of(new Cursor(execution.createdAt(), execution.id())));
        }
      }
      looked += page.items().size();
      place = page.next();
      if (place.isEmpty() || wanted.size() == limit || looked >= MOST_LOOKED_AT) {
        return new Page<>(wanted, place);
      }
    }
  }

  /** Other jobs that an execution has started are none. */
  private static Optional<Delivery> delivery(Execution execution) {
    return Optional.of(execution)
        .filter(each -> DeliveryKind.isDelivery(each.handler()))
        .map(Delivery::of);
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

  private static List<Delivery> deliveries(Page<Execution> page) {
    return page.items().stream().flatMap(each -> delivery(each).stream()).toList();
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
