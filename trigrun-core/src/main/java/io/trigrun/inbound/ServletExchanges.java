package io.trigrun.inbound;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.security.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** See {@link ServletInbound}. */
final class ServletExchanges implements Servlet {

  private final Intake intake;
  private volatile @Nullable ServletConfig config;

  ServletExchanges(Intake intake) {
    this.intake = intake;
  }

  @Override
  public void init(ServletConfig value) {
    config = value;
  }

  @Override
  public @Nullable ServletConfig getServletConfig() {
    return config;
  }

  @Override
  public String getServletInfo() {
    return "TrigRun";
  }

  @Override
  public void destroy() {
    // the routes are the host's, who may have mounted them elsewhere, too
  }

  @Override
  public void service(ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    if (request instanceof HttpServletRequest http
        && response instanceof HttpServletResponse answer) {
      write(http, answer, intake.answer(new ServletArrival(http, answer, headerLines(http))));
    } else {
      throw new ServletException("expected a request of HTTP, got another");
    }
  }

  private static Map<String, List<String>> headerLines(HttpServletRequest request) {
    Map<String, List<String>> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : Collections.list(request.getHeaderNames())) {
      lines.put(name, Collections.list(request.getHeaders(name)));
    }
    return lines;
  }

  private static void write(
      HttpServletRequest request, HttpServletResponse to, InboundResponse response)
      throws IOException {
    to.setStatus(response.status());
    response.headers().forEach(to::setHeader);
    byte[] body = response.body();
    boolean isHead = request.getMethod().equals("HEAD");
    if (isHead || body.length > 0) {
      to.setContentLength(body.length);
    }
    if (!isHead) {
      to.getOutputStream().write(body);
    }
  }

  private record ServletArrival(
      HttpServletRequest request,
      HttpServletResponse response,
      Map<String, List<String>> headerLines)
      implements Intake.Arrival {

    @Override
    public Optional<String> target() {
      String path = request.getRequestURI(); // as it was sent, other than getPathInfo
      String query = request.getQueryString();
      String prefix = prefix();
      if (path == null || !path.startsWith(prefix + "/")) {
        return Optional.empty();
      }
      return Optional.of(path.substring(prefix.length()) + (query == null ? "" : "?" + query));
    }

    private String prefix() {
      boolean isBelow = request.getHttpServletMapping().getMappingMatch() == MappingMatch.PATH;
      return request.getContextPath() + (isBelow ? request.getServletPath() : "");
    }

    @Override
    public int headers() {
      return headerLines.values().stream().mapToInt(List::size).sum();
    }

    @Override
    public long announced() {
      return request.getContentLengthLong();
    }

    /** A read that waits is the container's to end. */
    @Override
    public byte[] body(BodyReading reading) throws IOException {
      return reading.read(request.getInputStream());
    }

    @Override
    public InboundRequest request(String target, byte[] body) {
      InboundRequest all =
          InboundRequest.of(request.getMethod(), target)
              .withHeaders(headerLines)
              .withBody(body)
              .withRemoteAddress(plain(request.getRemoteAddr()));
      Principal principal = request.getUserPrincipal();
      return principal == null ? all : all.withPrincipal(principal);
    }

    /** Some containers put an address of IPv6 into brackets. */
    private static String plain(String address) {
      return address.startsWith("[") && address.endsWith("]")
          ? address.substring(1, address.length() - 1)
          : address;
    }

    @Override
    public void closesConnection() {
      if (request.getProtocol().startsWith("HTTP/1")) { // later ones know no such header
        response.setHeader("Connection", "close");
      }
    }
  }
}
