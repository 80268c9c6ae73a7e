package io.trigrun.http;

import io.trigrun.template.TemplateText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * An action made ready to render: {@code {{timestamp}}}, {@code {{uuid}}} and {@code
 * {{execution_id}}} found and parsed (row S9). Immutable, so it may be cached per version of a job.
 *
 * <p>Rendering is a pure function of the {@link RunStamp}: the same request in each retry, but for
 * the tracing headers with the attempt number and the place in a trace, without anything stored.
 * {@code {{timestamp}}} is the instant the execution was scheduled for; {@code {{uuid}}} is one
 * value for the whole request, derived from the execution (RFC 9562 version 5).
 *
 * <p>Values are escaped for their place: percent-encoded in the URL, JSON-escaped in a JSON body.
 */
public final class RequestTemplate {
  private static final String USER_AGENT = "TrigRun";

  private final HttpAction action;
  private final TemplateText<TemplateVariable> url;
  private final Map<String, TemplateText<TemplateVariable>> headers = new LinkedHashMap<>();
  private final Optional<Function<RunStamp, byte[]>> body;
  private final boolean setsTrace;

  private RequestTemplate(HttpAction action) {
    this.action = action;
    url = RequestUrl.template("request.url", action.url());
    action
        .headers()
        .forEach(
            (name, value) ->
                headers.put(name, TemplateVariable.parse(HeaderRules.field(name), value)));
    body = action.body().map(RequestTemplate::compile);
    setsTrace =
        action.headers().keySet().stream()
            .anyMatch(
                name ->
                    name.equalsIgnoreCase("traceparent") || name.equalsIgnoreCase("tracestate"));
  }

  /** Parses the action's placeholders; they were checked when the action was made. */
  public static RequestTemplate of(HttpAction action) {
    return new RequestTemplate(action);
  }

  /**
   * The request of one attempt. Tracing headers replace headers of the same name; those of a trace
   * ({@code traceparent}, {@code tracestate}) do not come if the job sets one of them itself.
   *
   * @throws MissingSecretException if a header refers to a secret that is not there
   * @throws io.trigrun.validation.ValidationException if a secret holds characters that no header
   *     can carry; the message does not show it
   */
  public HttpCall render(RunStamp run, TracingHeaders tracing, SecretLookup secrets) {
    URI uri = URI.create(RequestUrl.render(url, run));
    HttpCall.Builder call =
        HttpCall.builder(action.method(), uri)
            .timeout(action.timeout())
            .followRedirects(action.followRedirects());
    defaults().forEach(call::header);
    if (!setsTrace) {
      run.trace().ifPresent(trace -> trace.headers().forEach(call::header));
    }
    headers.forEach((name, value) -> addHeader(call, name, value, run, secrets));
    tracing.of(run).forEach(call::header);
    body.ifPresent(bytes -> call.body(bytes.apply(run)));
    return call.build();
  }

  private Map<String, String> defaults() {
    Map<String, String> defaults = new TreeMap<>();
    defaults.put("User-Agent", USER_AGENT);
    if (action.body().filter(HttpBody.Json.class::isInstance).isPresent()) {
      defaults.put("Content-Type", "application/json");
    }
    return defaults;
  }

  private static void addHeader(
      HttpCall.Builder call,
      String name,
      TemplateText<TemplateVariable> template,
      RunStamp run,
      SecretLookup secrets) {
    String value = template.render(variable -> variable.value(run));
    if (SecretReferences.names(value).isEmpty()) {
      call.header(name, value);
    } else {
      call.secretHeader(name, SecretReferences.resolve(name, value, secrets));
    }
  }

  private static Function<RunStamp, byte[]> compile(HttpBody body) {
    if (body instanceof HttpBody.Json json) {
      JsonNode tree = JsonCodec.read(JsonCodec.STRICT, json.content());
      return JsonTemplate.isConstant(tree)
          ? constant(json.content())
          : run -> utf8(JsonCodec.write(JsonTemplate.render(tree, run)));
    }
    TemplateText<TemplateVariable> text = TemplateVariable.parse("request.body", body.content());
    return text.isConstant()
        ? constant(body.content())
        : run -> utf8(text.render(variable -> variable.value(run)));
  }

  private static Function<RunStamp, byte[]> constant(String content) {
    byte[] bytes = utf8(content);
    return run -> bytes;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
