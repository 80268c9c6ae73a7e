package io.trigrun.workflow.internal.http;

import io.trigrun.Json;
import io.trigrun.http.HttpAction;
import io.trigrun.http.HttpCall;
import io.trigrun.http.ResponseCheck;
import io.trigrun.http.SecretLookup;
import io.trigrun.http.TracingHeaders;
import io.trigrun.validation.Problems;
import io.trigrun.workflow.definition.StepRequest;
import io.trigrun.workflow.internal.expression.JsonText;
import io.trigrun.workflow.internal.expression.Scope;
import io.trigrun.workflow.internal.request.BodyTemplate;
import io.trigrun.workflow.internal.request.HeaderTemplate;
import io.trigrun.workflow.internal.request.RequestTemplates;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A step's request made ready to render. Immutable, so it may be kept with the definition. */
public final class StepCall {

  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private final StepRequest request;
  private final RequestTemplates templates;
  private final HttpAction rules;

  private StepCall(StepRequest request, RequestTemplates templates) {
    this.request = request;
    this.templates = templates;
    this.rules =
        HttpAction.request(request.method(), templates.sampleUrl())
            .timeout(request.timeout())
            .successStatuses(request.successStatuses().stream().mapToInt(s -> s).toArray())
            .expect(request.checks().toArray(ResponseCheck[]::new))
            .followRedirects(request.followRedirects())
            .build();
  }

  /**
   * Parses the request's placeholders; they were checked when it was made.
   *
   * @param pointer of the request, for messages: {@code /steps/2/request}
   */
  public static StepCall of(String pointer, StepRequest request) {
    Problems problems = new Problems();
    RequestTemplates templates =
        RequestTemplates.parse(
            pointer,
            request.url(),
            request.headers(),
            request.body().map(Json::text).map(JsonText::read),
            problems);
    problems.throwIfAny();
    return new StepCall(request, templates);
  }

  /** By which the answer is judged. */
  HttpAction rules() {
    return rules;
  }

  /**
   * The request of one attempt. Tracing headers replace headers of the same name; {@code
   * Idempotency-Key} and those of a trace do not come if the author sets them.
   *
   * @param limit how long all of it may take
   * @throws io.trigrun.workflow.internal.expression.RenderingException if a reference finds
   *     nothing, or too much
   * @throws io.trigrun.validation.ValidationException if a value can't stand in its place; the
   *     message does not show it
   */
  HttpCall render(
      Scope scope, SecretLookup secrets, StepStamp stamp, TracingHeaders tracing, Duration limit) {
    HttpCall.Builder call =
        HttpCall.builder(request.method(), URI.create(templates.url().render(scope)))
            .timeout(limit)
            .followRedirects(request.followRedirects())
            .header("User-Agent", "TrigRun");
    Optional<BodyTemplate.Rendered> body =
        templates.body().map(template -> template.render(scope, secrets));
    if (body.filter(BodyTemplate.Rendered::isJson).isPresent()) {
      call.header("Content-Type", "application/json");
    }
    if (!sets("traceparent") && !sets("tracestate")) {
      stamp.run().trace().ifPresent(trace -> trace.headers().forEach(call::header));
    }
    call.header(IDEMPOTENCY_KEY, stamp.idempotencyKey());
    templates.headers().forEach((name, value) -> add(call, name, value, scope, secrets));
    tracing.of(stamp.run()).forEach(call::header);
    body.ifPresent(content -> call.body(content.bytes()));
    return call.build();
  }

  private boolean sets(String header) {
    return templates.headers().keySet().stream().anyMatch(header::equalsIgnoreCase);
  }

  private static void add(
      HttpCall.Builder call,
      String name,
      HeaderTemplate template,
      Scope scope,
      SecretLookup secrets) {
    String value = template.render(scope, secrets);
    if (template.isSecret()) {
      call.secretHeader(name, value);
    } else {
      call.header(name, value);
    }
  }
}
