package io.trigrun.inbound;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import io.trigrun.validation.Problems;
import java.util.regex.Pattern;

/**
 * Joins routes to the HTTP server of the JDK ({@code jdk.httpserver}). Its threads are those of the
 * server: give it an executor, as the default has one for all.
 */
@SuppressWarnings("exports") // the host requires what it hands over
public final class JdkInbound {

  private static final Pattern MOUNT_POINT = Pattern.compile("/|(/[A-Za-z0-9._~-]+)+");

  private JdkInbound() {}

  /** Mounts with {@link InboundLimits#defaults}. */
  public static HttpContext mount(HttpServer server, String path, InboundRoutes routes) {
    return mount(server, path, routes, InboundLimits.defaults());
  }

  /**
   * Answers everything below a path: what the routes do not know with 404, what they throw with 500
   * and not a word about it, which goes to the log. {@code HEAD} gets no body.
   *
   * @param path {@code /v1} for example: no slash at the end, letters, digits and {@code ._~-}
   *     only; or {@code /} for all
   * @return what {@link HttpServer#removeContext(HttpContext)} takes to end it
   * @throws io.trigrun.validation.ValidationException for another path
   * @throws IllegalArgumentException if the server has something there already
   */
  public static HttpContext mount(
      HttpServer server, String path, InboundRoutes routes, InboundLimits limits) {
    Problems.require(MOUNT_POINT.matcher(path).matches(), "path", "/ or a path like /v1", path);
    String prefix = path.equals("/") ? "" : path;
    return server.createContext(path, new JdkExchanges(prefix, Intake.of(routes, limits)));
  }
}
