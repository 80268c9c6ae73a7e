package io.trigrun.internal.management;

import io.trigrun.NotFoundException;
import io.trigrun.monitor.Monitor;
import io.trigrun.monitor.MonitorWithToken;
import io.trigrun.monitor.Monitors;
import io.trigrun.monitor.Ping;
import io.trigrun.route.Answer;
import io.trigrun.route.Call;
import io.trigrun.route.ErrorCode;
import io.trigrun.route.Route;
import io.trigrun.route.Shape;
import java.util.List;

/** Monitors (row S12). Whoever pings them does so at {@link io.trigrun.inbound.PingRoutes}. */
final class MonitorRoutes {

  private MonitorRoutes() {}

  static List<Route> all() {
    return List.of(
        Route.post("/monitors", "create_monitor", "Creates a monitor")
            .takes(MonitorJson.DRAFT)
            .example(
                "backup",
                "{\"name\": \"nightly-backup\", \"expected_interval_sec\": 86400,"
                    + " \"grace_seconds\": 1800}")
            .makes()
            .answers(201, MonitorJson.WITH_TOKEN)
            .refuses(ErrorCode.CONFLICT, ErrorCode.LIMIT_EXCEEDED)
            .to(MonitorRoutes::create),
        Route.get("/monitors", "list_monitors", "Lists monitors, newest first")
            .paged()
            .answers(200, Shape.page(MonitorJson.MONITOR))
            .to(
                call ->
                    Answer.page(
                        call.page(monitors(call)::list, monitors(call)::list), MonitorJson::of)),
        Route.get("/monitors/{id}", "get_monitor", "A monitor")
            .answers(200, MonitorJson.MONITOR)
            .to(call -> answer(get(call))),
        Route.patch("/monitors/{id}", "update_monitor", "Changes what is expected of a monitor")
            .takes(MonitorJson.CHANGE)
            .example("more_patience", "{\"grace_seconds\": 3600}")
            .conditional()
            .answers(200, MonitorJson.MONITOR)
            .to(MonitorRoutes::update),
        Route.post("/monitors/{id}/pause", "pause_monitor", "Waits for pings no more")
            .answers(200, MonitorJson.MONITOR)
            .to(call -> answer(monitors(call).pause(call.id()))),
        Route.post("/monitors/{id}/resume", "resume_monitor", "Waits for pings again, from now")
            .answers(200, MonitorJson.MONITOR)
            .to(call -> answer(monitors(call).resume(call.id()))),
        Route.post(
                "/monitors/{id}/rotate-token",
                "rotate_monitor_token",
                "Replaces the token, so that the old one is unknown")
            .makes()
            .answers(200, MonitorJson.WITH_TOKEN)
            .to(call -> rotate(call)),
        Route.delete("/monitors/{id}", "delete_monitor", "Deletes a monitor and its rules")
            .conditional()
            .answers(204)
            .to(MonitorRoutes::delete),
        Route.get("/monitors/{id}/pings", "list_pings", "Lists the latest pings, newest first")
            .paged()
            .answers(200, Shape.page(MonitorJson.PING))
            .to(MonitorRoutes::pings));
  }

  private static Answer create(Call call) {
    MonitorWithToken created = monitors(call).create(MonitorJson.spec(call.body()));
    return Answer.created(MonitorJson.of(created, call)).tagged(created.monitor().version());
  }

  private static Answer rotate(Call call) {
    MonitorWithToken rotated = monitors(call).rotateToken(call.id());
    return Answer.ok(MonitorJson.of(rotated, call)).tagged(rotated.monitor().version());
  }

  private static Answer update(Call call) {
    return call.unlessChanged(
        () -> {
          Monitor now = get(call);
          call.requireTag(now.version());
          return answer(
              monitors(call)
                  .update(now.id(), now.version(), MonitorJson.changed(now.spec(), call.body())));
        });
  }

  private static Answer delete(Call call) {
    return call.unlessChanged(
        () -> {
          Monitor now = get(call);
          call.requireTag(now.version());
          monitors(call).delete(now.id(), now.version());
          return Answer.done();
        });
  }

  private static Answer pings(Call call) {
    return Answer.page(
        call.<Ping>page(
            limit -> monitors(call).pings(call.id(), limit),
            (limit, after) -> monitors(call).pings(call.id(), limit, after)),
        MonitorJson::of);
  }

  private static Monitor get(Call call) {
    return monitors(call)
        .find(call.id())
        .orElseThrow(() -> new NotFoundException("monitor", call.id()));
  }

  private static Monitors monitors(Call call) {
    return call.workspace().monitors();
  }

  private static Answer answer(Monitor monitor) {
    return Answer.ok(MonitorJson.of(monitor)).tagged(monitor.version());
  }
}
