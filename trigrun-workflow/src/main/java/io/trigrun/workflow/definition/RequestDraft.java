package io.trigrun.workflow.definition;

import io.trigrun.http.HttpAction;
import io.trigrun.http.HttpActionJson;
import io.trigrun.http.HttpMethod;
import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import io.trigrun.workflow.internal.expression.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The parts of a request that a builder collects; becomes one by way of its JSON form. */
final class RequestDraft {

  static final String POINTER = "/request";

  private final String url;
  private final HttpMethod method;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private Optional<JsonNode> body = Optional.empty();
  private final HttpAction.Builder rules;

  RequestDraft(HttpMethod method, String url) {
    this.method = method;
    this.url = url;
    this.rules = HttpAction.request(HttpMethod.GET, "http://placeholder");
  }

  void header(String name, String value) {
    Problems.require(
        headers.keySet().stream().noneMatch(name::equalsIgnoreCase),
        POINTER + "/headers",
        "each header once, whatever its case",
        "one twice");
    headers.put(name, value);
  }

  void body(String text) {
    body = Optional.of(JsonNodeFactory.instance.stringNode(text));
  }

  void jsonBody(String json) {
    Problems problems = new Problems();
    try {
      JsonNode tree = JsonText.readStrictly(json);
      problems.check(
          tree.isContainer(), POINTER + "/body", "a JSON object or array", tree.getNodeType());
      body = Optional.of(tree);
    } catch (JacksonException e) {
      problems.add(POINTER + "/body", "valid JSON without repeated keys", JsonText.problem(e));
    }
    problems.throwIfAny();
  }

  /** Sets what has no placeholders: the rules of jobs hold at once. */
  void set(Consumer<HttpAction.Builder> part) {
    Problems problems = new Problems();
    try {
      part.accept(rules);
    } catch (ValidationException e) {
      RequestPointers.add(POINTER, e, problems);
    }
    problems.throwIfAny();
  }

  StepRequest build() {
    Problems problems = new Problems();
    Optional<StepRequest> request = StepRequest.fromJson(POINTER, json(problems), problems);
    problems.throwIfAny();
    return request.orElseThrow();
  }

  private ObjectNode json(Problems problems) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    try {
      request = (ObjectNode) JsonText.read(HttpActionJson.toJson(rules.build()));
    } catch (ValidationException e) {
      RequestPointers.add(POINTER, e, problems);
    }
    request.put("url", url);
    request.put("method", method.name());
    ObjectNode fields = request.putObject("headers");
    headers.forEach(fields::put);
    ObjectNode whole = request;
    body.ifPresent(content -> whole.set("body", content));
    return whole;
  }
}
