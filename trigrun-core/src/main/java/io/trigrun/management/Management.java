package io.trigrun.management;

import io.trigrun.TrigRun;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.inbound.InboundRoutes;
import io.trigrun.route.Answer;
import io.trigrun.route.ErrorCode;
import io.trigrun.route.PublicUrl;
import io.trigrun.route.Refusal;
import io.trigrun.route.Route;
import io.trigrun.spi.Host;
import java.util.List;
import java.util.Optional;

/**
 * What manages a TrigRun over HTTP (rows H1 to H3), to be mounted at {@code /v1}: jobs, executions
 * and all else that its parts contribute, in the workspace of the caller. Thread-safe.
 *
 * <pre>{@code
 * BearerTokens tokens = BearerTokens.of(trigrun);
 * JdkInbound.mount(server, "/v1", Management.routes(trigrun, tokens, "https://jobs.example.com"));
 * }</pre>
 *
 * <p>{@code GET /openapi.json} describes it, to anybody.
 */
public final class Management implements InboundRoutes {

  private static final String DOCUMENT_PATH = "/openapi.json";

  private final RouteTable table;
  private final Doorkeeper doorkeeper;
  private final IdempotencyKeys keys;
  private final Host host;
  private final PublicUrl url;
  private final String document;

  private Management(Host host, Authorizer authorizer, PublicUrl url) {
    this(
        host,
        url,
        new RouteTable(host.routes()),
        new Doorkeeper(authorizer, host.clock()),
        new IdempotencyKeys(host.store(), host.clock()),
        OpenApi.of(host.routes(), List.of(), url).json());
  }

  private Management(
      Host host,
      PublicUrl url,
      RouteTable table,
      Doorkeeper doorkeeper,
      IdempotencyKeys keys,
      String document) {
    this.host = host;
    this.url = url;
    this.table = table;
    this.doorkeeper = doorkeeper;
    this.keys = keys;
    this.document = document;
  }

  /**
   * All that the parts of a TrigRun contribute.
   *
   * @param authorizer who may do what: there is no default, as whoever gets in may run code
   * @param publicUrl where the world finds this host, for URLs in answers: {@code
   *     https://jobs.example.com}, maybe with a path, without {@code /v1}
   * @throws io.trigrun.validation.ValidationException if that is no URL
   */
  public static Management routes(TrigRun trigrun, Authorizer authorizer, String publicUrl) {
    return new Management(trigrun.host(), authorizer, new PublicUrl(publicUrl));
  }

  /**
   * The same, whose document tells of public routes, too.
   *
   * @param open those that the host mounts beside it
   */
  public Management documenting(InboundRoutes... open) {
    String whole = OpenApi.of(host.routes(), InboundRoutes.of(open).described(), url).json();
    return new Management(host, url, table, doorkeeper, keys, whole);
  }

  /** The OpenAPI document (3.1), as JSON. */
  public String openApi() {
    return document;
  }

  /**
   * The OpenAPI document (3.1) of public routes alone, for whoever gets no more to see.
   *
   * @param publicUrl where the world finds them, without {@code /v1}
   * @throws io.trigrun.validation.ValidationException if that is no URL
   */
  public static String openApi(String publicUrl, InboundRoutes... open) {
    return OpenApi.of(List.of(), InboundRoutes.of(open).described(), new PublicUrl(publicUrl))
        .json();
  }

  @Override
  public Optional<InboundResponse> handle(InboundRequest request) {
    if (request.path().equals(DOCUMENT_PATH) && request.isRead()) {
      return Optional.of(InboundResponse.json(200, document));
    }
    return table.find(request).map(place -> answer(request, place)).map(SafeAnswers::on);
  }

  private InboundResponse answer(InboundRequest request, RouteTable.Place place) {
    try {
      Caller caller = doorkeeper.admit(request);
      Route route = place.route(request);
      if (!caller.role().covers(route.role())) {
        throw Refusal.of(ErrorCode.FORBIDDEN, "expected a caller who may write, got one who reads");
      }
      RoutedCall call =
          RoutedCall.read(request, route, place, caller, host.workspace(caller.workspace()), url);
      Bodies.check(call, route);
      Answer answer =
          route.isIdempotent()
              ? keys.once(request, caller, key -> route.action().answer(call.keyed(key)))
              : route.action().answer(call);
      return SafeAnswers.response(answer);
    } catch (RuntimeException e) {
      return Errors.response(Errors.refusal(e));
    }
  }
}
