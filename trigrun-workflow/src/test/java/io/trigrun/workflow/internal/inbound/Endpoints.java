package io.trigrun.workflow.internal.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.contract.http.CheckedRoutes;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.testing.ManualClock;
import io.trigrun.workflow.ApproverResolver;
import io.trigrun.workflow.LinkKey;
import io.trigrun.workflow.internal.link.LinkKeys;
import io.trigrun.workflow.internal.link.WaitUrls;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The routes over a double of the desk, and the paths of its one wait. */
final class Endpoints {

  private static final String PUBLIC_URL = "https://jobs.example.com";
  private static final Pattern NONCE = Pattern.compile("name=\"nonce\" value=\"([^\"]*)\"");

  final LinkKeys keys = new LinkKeys(LinkKey.random(), List.of());
  final DeskDouble desk = new DeskDouble();
  final ManualClock clock = ManualClock.at(DeskDouble.NOW);
  private final WaitUrls urls = new WaitUrls(PUBLIC_URL, keys);
  private final WaitRoutes routes;

  Endpoints() {
    this(ApproverResolver.none());
  }

  Endpoints(ApproverResolver resolver) {
    this.routes = new WaitRoutes(keys, desk, resolver, clock);
  }

  String resume() {
    return path(urls.resumeUrl(DeskDouble.RUN, DeskDouble.WAIT));
  }

  String review(String approver) {
    return path(urls.reviewUrl(DeskDouble.RUN, DeskDouble.WAIT, named(approver)));
  }

  String approve(String approver) {
    return path(urls.approveUrl(DeskDouble.RUN, DeskDouble.WAIT, named(approver)));
  }

  String reject(String approver) {
    return path(urls.rejectUrl(DeskDouble.RUN, DeskDouble.WAIT, named(approver)));
  }

  /** One of each route. */
  List<String> all() {
    return List.of(resume(), review(""), approve(""), reject(""), review("ada"), approve("ada"));
  }

  InboundResponse get(String path) {
    return send(InboundRequest.of("GET", path));
  }

  InboundResponse post(String path, String type, String body) {
    InboundRequest request = InboundRequest.of("POST", path).withBody(body.getBytes(UTF_8));
    return send(type.isEmpty() ? request : request.withHeader("Content-Type", type));
  }

  InboundResponse postJson(String path, String body) {
    return post(path, "application/json", body);
  }

  /** Fills in the page at a path and posts it to another, as its button would. */
  InboundResponse postForm(String page, String target, String fields) {
    String nonce = nonce(get(page));
    return post(target, "application/x-www-form-urlencoded", "nonce=" + nonce + "&" + fields);
  }

  InboundResponse send(InboundRequest request) {
    return new CheckedRoutes(routes).handle(request).orElseThrow();
  }

  Optional<InboundResponse> maybe(InboundRequest request) {
    return new CheckedRoutes(routes).handle(request);
  }

  static String nonce(InboundResponse page) {
    Matcher nonce = NONCE.matcher(page.bodyText());
    return nonce.find() ? nonce.group(1) : "";
  }

  private static Optional<String> named(String approver) {
    return Optional.of(approver).filter(name -> !name.isEmpty());
  }

  private static String path(String url) {
    return url.substring((PUBLIC_URL + "/v1").length());
  }
}
