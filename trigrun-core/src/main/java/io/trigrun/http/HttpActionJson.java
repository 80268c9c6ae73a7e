package io.trigrun.http;

import io.trigrun.route.ObjectShape;
import io.trigrun.validation.Problems;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code request} object of a job's JSON form: {@code url}, {@code method}, {@code headers},
 * {@code body} (a string, or a JSON object or array), {@code timeout_seconds}, {@code
 * success_statuses}, {@code checks}, {@code output} and {@code follow_redirects}. Only {@code url}
 * is required.
 *
 * <p>Reading what was written gives an equal action.
 */
public final class HttpActionJson {
  private HttpActionJson() {}

  /** What it looks like, for routes that take or answer one. */
  public static ObjectShape shape() {
    return HttpActionShape.SHAPE;
  }

  /** The action as a JSON object on one line. Secrets stay references. */
  public static String toJson(HttpAction action) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("url", action.url());
    request.put("method", action.method().name());
    if (!action.headers().isEmpty()) {
      ObjectNode headers = request.putObject("headers");
      action.headers().forEach(headers::put);
    }
    action.body().ifPresent(body -> request.set("body", write(body)));
    request.put("timeout_seconds", action.timeout().toSeconds());
    ArrayNode statuses = request.putArray("success_statuses");
    action.successStatuses().forEach(statuses::add);
    if (!action.checks().isEmpty()) {
      ArrayNode checks = request.putArray("checks");
      action.checks().forEach(check -> checks.add(ResponseCheckJson.write(check)));
    }
    if (!action.output().isEmpty()) {
      ObjectNode output = request.putObject("output");
      action.output().forEach(output::put);
    }
    if (action.followRedirects()) {
      request.put("follow_redirects", true);
    }
    return JsonCodec.write(request);
  }

  /**
   * Reads a {@code request} object.
   *
   * @throws io.trigrun.validation.ValidationException listing every problem, unknown fields
   *     included, with names such as {@code request.timeout_seconds}
   */
  public static HttpAction fromJson(String json) {
    return new HttpActionReader(parse(json)).read();
  }

  private static JsonNode write(HttpBody body) {
    return body instanceof HttpBody.Json
        ? JsonCodec.read(JsonCodec.STRICT, body.content())
        : JsonNodeFactory.instance.stringNode(body.content());
  }

  private static JsonNode parse(String json) {
    try {
      JsonNode request = JsonCodec.read(JsonCodec.STRICT, json);
      Problems.require(request.isObject(), "request", "a JSON object", request.getNodeType());
      return request;
    } catch (JacksonException e) {
      throw Refusal.of("request", "valid JSON without repeated keys", JsonCodec.problem(e));
    }
  }
}
