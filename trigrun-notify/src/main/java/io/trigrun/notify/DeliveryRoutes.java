package io.trigrun.notify;

import io.trigrun.NotFoundException;
import io.trigrun.Page;
import io.trigrun.route.Answer;
import io.trigrun.route.Call;
import io.trigrun.route.ErrorCode;
import io.trigrun.route.JsonObject;
import io.trigrun.route.Route;
import io.trigrun.route.Shape;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Deliveries over HTTP (row N14). */
record DeliveryRoutes(Notifications notifications) {

  private static final String PATH = "/notification-deliveries";
  private static final String ONE = PATH + "/{id}";

  List<Route> all() {
    return List.of(
        Route.get(PATH, "list_deliveries", "Lists deliveries, newest first")
            .query("status", DeliveryBody.STATUS)
            .query(
                "channel_id",
                Shape.id("only to this one: a page may have fewer items than asked for then"))
            .query("kind", DeliveryBody.KIND)
            .paged()
            .answers(200, Shape.page(DeliveryBody.DELIVERY))
            .to(this::list),
        Route.get(ONE, "get_delivery", "A delivery with its attempts")
            .answers(200, DeliveryBody.WITH_ATTEMPTS)
            .to(call -> Answer.ok(withAttempts(call, get(call)))),
        Route.post(ONE + "/retry", "retry_delivery", "Sends a failed delivery again, now")
            .answers(202, DeliveryBody.DELIVERY)
            .refuses(ErrorCode.CONFLICT)
            .to(this::retry),
        Route.get(
                "/executions/{id}/notifications",
                "list_notifications",
                "Lists the deliveries about an execution, callbacks included, newest first")
            .paged()
            .answers(200, Shape.page(DeliveryBody.DELIVERY))
            .to(this::ofExecution));
  }

  private Answer list(Call call) {
    DeliveryKind kind =
        call.query("kind").map(DeliveryBody::kind).orElse(DeliveryKind.NOTIFICATION);
    DeliveryQuery query = DeliveryQuery.of(kind).limit(call.limit());
    if (call.query("status").isPresent()) {
      query = query.status(DeliveryBody.status(call.query("status").get()));
    }
    if (call.query("channel_id").isPresent()) {
      query = query.channel(UUID.fromString(call.query("channel_id").get()));
    }
    if (call.cursor().isPresent()) {
      query = query.after(call.cursor().get());
    }
    return page(call, deliveries(call).list(query));
  }

  private Answer ofExecution(Call call) {
    UUID id = call.id();
    if (call.workspace().executions().find(id).isEmpty()) {
      throw new NotFoundException("execution", id);
    }
    return page(call, deliveries(call).of(id, call.limit(), call.cursor()));
  }

  private Answer page(Call call, Page<Delivery> page) {
    Map<UUID, String> names = channels(call, page.items());
    return Answer.page(page, delivery -> DeliveryBody.of(delivery, names));
  }

  private Answer retry(Call call) {
    Delivery retried = deliveries(call).retry(call.id());
    return Answer.accepted(DeliveryBody.of(retried, channels(call, List.of(retried))));
  }

  private JsonObject withAttempts(Call call, Delivery delivery) {
    return DeliveryBody.of(
        delivery, channels(call, List.of(delivery)), deliveries(call).attempts(delivery.id()));
  }

  private Delivery get(Call call) {
    return deliveries(call)
        .find(call.id())
        .orElseThrow(() -> new NotFoundException("delivery", call.id()));
  }

  private Map<UUID, String> channels(Call call, Collection<Delivery> deliveries) {
    List<UUID> ids =
        deliveries.stream().map(Delivery::channelId).flatMap(Optional::stream).distinct().toList();
    return notifications.channels(call.workspace().name()).names(ids);
  }

  private Deliveries deliveries(Call call) {
    return notifications.deliveries(call.workspace().name());
  }
}
