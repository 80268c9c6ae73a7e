package io.trigrun.inbound;

import jakarta.servlet.Servlet;

/**
 * Joins routes to a container of Jakarta Servlet 6 ({@code jakarta.servlet-api}, which the host
 * brings along, as its container does). Threads and what happens to slow clients are the
 * container's.
 *
 * <p>Map the servlet to {@code /v1/*}: what comes after {@code /v1} is the path of the routes.
 * Filters before it may do what they like to, except for reading the body, as {@code getParameter}
 * does where the body is a form.
 */
@SuppressWarnings("exports") // the host requires what it hands over
public final class ServletInbound {

  private ServletInbound() {}

  /** With {@link InboundLimits#defaults}. */
  public static Servlet of(InboundRoutes routes) {
    return of(routes, InboundLimits.defaults());
  }

  /**
   * Answers everything that it is mapped to: what the routes do not know with 404, what they throw
   * with 500 and not a word about it, which goes to the log. {@code HEAD} gets no body. The
   * container may refuse what it holds for unsafe before that, with pages of its own: an encoded
   * slash in a path, for example.
   */
  public static Servlet of(InboundRoutes routes, InboundLimits limits) {
    return new ServletExchanges(Intake.of(routes, limits));
  }
}
