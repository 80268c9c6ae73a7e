package io.trigrun.http;

import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Reads one {@code request} object, collecting what is wrong with all of it. */
final class HttpActionReader {
  private static final Set<String> FIELDS =
      new TreeSet<>(
          List.of(
              "body",
              "checks",
              "follow_redirects",
              "headers",
              "method",
              "output",
              "success_statuses",
              "timeout_seconds",
              "url"));

  private final JsonNode request;
  private final Problems problems = new Problems();

  HttpActionReader(JsonNode request) {
    this.request = request;
  }

  HttpAction read() {
    for (String name : request.propertyNames()) {
      problems.check(
          FIELDS.contains(name),
          "request." + Texts.cut(name, 60),
          "only the fields " + String.join(", ", FIELDS),
          "an unknown field");
    }
    // Where a part is wrong, a harmless one takes its place, so that the others are judged too.
    String url = url();
    HttpMethod method = method();
    Map<String, String> headers = strings("headers");
    Optional<HttpBody> body = body();
    Duration timeout = timeout();
    List<Integer> statuses = statuses();
    List<ResponseCheck> checks = checks();
    Map<String, String> output = strings("output");
    boolean follow = followRedirects();
    Optional<HttpAction> action =
        attempt(
            () ->
                new HttpAction(
                    method,
                    url,
                    headers,
                    body,
                    timeout,
                    new TreeSet<>(statuses),
                    checks,
                    output,
                    follow));
    problems.throwIfAny();
    return action.orElseThrow();
  }

  private String url() {
    Optional<JsonNode> url = field("url");
    problems.check(
        url.filter(JsonNode::isString).isPresent(),
        "request.url",
        "a string",
        url.map(HttpActionReader::kind).orElse("nothing"));
    return url.filter(JsonNode::isString).map(JsonNode::stringValue).orElse("http://placeholder");
  }

  private HttpMethod method() {
    Optional<JsonNode> given = field("method");
    if (given.isEmpty()) {
      return HttpMethod.GET;
    }
    String name = given.filter(JsonNode::isString).map(JsonNode::stringValue).orElse("");
    for (HttpMethod method : HttpMethod.values()) {
      if (method.name().equals(name)) {
        return method;
      }
    }
    String known =
        Arrays.stream(HttpMethod.values()).map(Enum::name).collect(Collectors.joining(", "));
    String got = name.isEmpty() ? kind(given.get()) : Texts.quoted(name);
    problems.add("request.method", "one of " + known, got);
    return HttpMethod.POST; // the one that goes with any body
  }

  private Map<String, String> strings(String name) {
    Map<String, String> strings = new LinkedHashMap<>();
    Optional<JsonNode> given = field(name);
    problems.check(
        given.map(JsonNode::isObject).orElse(true),
        "request." + name,
        "an object of strings",
        given.map(HttpActionReader::kind).orElse(""));
    given
        .filter(JsonNode::isObject)
        .ifPresent(
            node ->
                node.properties()
                    .forEach(
                        e -> {
                          JsonNode value = e.getValue();
                          if (value.isString()) {
                            strings.put(e.getKey(), value.stringValue());
                          } else {
                            String field = "request." + name + "." + Texts.cut(e.getKey(), 60);
                            problems.add(field, "a string", kind(value));
                          }
                        }));
    return strings;
  }

  private Optional<HttpBody> body() {
    return field("body")
        .flatMap(
            node -> {
              if (node.isString()) {
                return attempt(() -> new HttpBody.Text(node.stringValue()));
              }
              if (node.isContainer()) {
                return attempt(() -> new HttpBody.Json(JsonCodec.write(node)));
              }
              problems.add("request.body", "a string, an object or an array", kind(node));
              return Optional.empty();
            });
  }

  private Duration timeout() {
    Optional<JsonNode> given = field("timeout_seconds");
    if (given.isEmpty()) {
      return HttpAction.DEFAULT_TIMEOUT;
    }
    Optional<Integer> seconds = given.flatMap(HttpActionReader::integer);
    boolean fits = seconds.filter(s -> s >= 1 && s <= 300).isPresent();
    problems.check(fits, "request.timeout_seconds", "1 to 300 whole seconds", shown(given.get()));
    return fits ? Duration.ofSeconds(seconds.orElseThrow()) : HttpAction.DEFAULT_TIMEOUT;
  }

  private List<Integer> statuses() {
    Optional<JsonNode> given = field("success_statuses");
    if (given.isEmpty()) {
      return HttpAction.DEFAULT_STATUSES;
    }
    List<Integer> statuses = new ArrayList<>();
    boolean fits = given.get().isArray() && !given.get().isEmpty();
    if (fits) {
      for (JsonNode node : given.get().values()) {
        Optional<Integer> status = integer(node).filter(s -> s >= 100 && s <= 599);
        status.ifPresent(statuses::add);
        fits &= status.isPresent();
      }
    }
    problems.check(
        fits,
        "request.success_statuses",
        "one or more statuses from 100 to 599",
        shown(given.get()));
    return fits ? statuses : HttpAction.DEFAULT_STATUSES;
  }

  private List<ResponseCheck> checks() {
    Optional<JsonNode> given = field("checks");
    problems.check(
        given.map(JsonNode::isArray).orElse(true),
        "request.checks",
        "an array of objects",
        given.map(HttpActionReader::kind).orElse(""));
    List<ResponseCheck> checks = new ArrayList<>();
    given
        .filter(JsonNode::isArray)
        .ifPresent(
            array -> {
              for (int i = 0; i < array.size(); i++) {
                ResponseCheckJson.read("request.checks[" + i + "]", array.get(i), problems)
                    .ifPresent(checks::add);
              }
            });
    return checks;
  }

  private boolean followRedirects() {
    Optional<JsonNode> given = field("follow_redirects");
    problems.check(
        given.map(JsonNode::isBoolean).orElse(true),
        "request.follow_redirects",
        "true or false",
        given.map(HttpActionReader::kind).orElse(""));
    return given.filter(JsonNode::isBoolean).map(JsonNode::booleanValue).orElse(false);
  }

  /** A field given as {@code null} counts as left out. */
  private Optional<JsonNode> field(String name) {
    return request.optional(name).filter(node -> !node.isNull());
  }

  private <T> Optional<T> attempt(Supplier<T> part) {
    try {
      return Optional.of(part.get());
    } catch (ValidationException e) {
      problems.addAll(e);
      return Optional.empty();
    }
  }

  static Optional<Integer> integer(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToInt()
        ? Optional.of(node.intValue())
        : Optional.empty();
  }

  static String kind(JsonNode node) {
    return "a value of type " + node.getNodeType();
  }

  private static String shown(JsonNode node) {
    return Texts.cut(JsonCodec.write(node), 80);
  }
}
