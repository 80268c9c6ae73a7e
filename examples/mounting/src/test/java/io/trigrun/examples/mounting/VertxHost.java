package io.trigrun.examples.mounting;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.inbound.InboundRoutes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class VertxHost {

  private VertxHost() {}

  // note: Vert.x
  static void mount(Router router, InboundRoutes routes) {
    router.route("/v1/*").handler(BodyHandler.create(false).setBodyLimit(1 << 20));
    router.route("/v1/*").blockingHandler(context -> answer(context, routes), false);
  }

  static void answer(RoutingContext context, InboundRoutes routes) {
    HttpServerRequest from = context.request();
    String path = context.normalizedPath().replaceFirst("^/v1/?", "/");
    String query = from.query() == null ? "" : "?" + from.query();
    Map<String, List<String>> headers = new HashMap<>();
    from.headers().names().forEach(name -> headers.put(name, from.headers().getAll(name)));
    Buffer body = context.body().buffer();
    InboundRequest request =
        InboundRequest.of(from.method().name(), path + query)
            .withHeaders(headers)
            .withBody(body == null ? new byte[0] : body.getBytes())
            .withRemoteAddress(from.remoteAddress().hostAddress());
    InboundResponse response = routes.answer(request);
    response.headers().forEach(context.response()::putHeader);
    context.response().setStatusCode(response.status()).end(Buffer.buffer(response.body()));
  }
  // end of note
}
