package io.trigrun.examples.mounting;

import io.javalin.Javalin;
import io.trigrun.inbound.InboundRoutes;
import io.trigrun.inbound.ServletInbound;
import org.eclipse.jetty.ee10.servlet.ServletHolder;

final class JavalinHost {

  private JavalinHost() {}

  // note: Javalin
  static Javalin with(InboundRoutes routes) {
    return Javalin.create(
        config ->
            config.jetty.modifyServletContextHandler(
                context ->
                    context.addServlet(new ServletHolder(ServletInbound.of(routes)), "/v1/*")));
  }
  // end of note
}
