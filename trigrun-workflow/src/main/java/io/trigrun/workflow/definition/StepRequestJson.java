package io.trigrun.workflow.definition;

import io.trigrun.Json;
import io.trigrun.http.HttpAction;
import io.trigrun.http.HttpActionJson;
import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import io.trigrun.workflow.internal.expression.JsonText;
import io.trigrun.workflow.internal.request.RequestTemplates;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code request} object of a step: the same as a job's ({@link HttpActionJson}) but for its
 * placeholders, and without {@code output}, for which steps have {@code extract}. Core reads and
 * writes it with a harmless value in the place of each placeholder, so that its rules hold here.
 */
final class StepRequestJson {

  private static final String BODY = "body";
  private static final String HEADERS = "headers";
  private static final String URL = "url";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String pointer;
  private final Problems problems = new Problems();

  private StepRequestJson(String pointer) {
    this.pointer = pointer;
  }

  static ObjectNode write(StepRequest request) {
    ObjectNode json = (ObjectNode) JsonText.read(HttpActionJson.toJson(request.rules()));
    json.put(URL, request.url());
    if (!request.headers().isEmpty()) {
      ObjectNode headers = NODES.objectNode();
      request.headers().forEach(headers::put);
      json.set(HEADERS, headers);
    }
    request.body().map(Json::text).map(JsonText::read).ifPresent(body -> json.set(BODY, body));
    return json;
  }

  static Optional<StepRequest> read(String pointer, JsonNode request, Problems problems) {
    if (!request.isObject()) {
      problems.add(pointer, "a JSON object", "a value of type " + request.getNodeType());
      return Optional.empty();
    }
    StepRequestJson reader = new StepRequestJson(pointer);
    Optional<StepRequest> read = reader.read((ObjectNode) request);
    try {
      reader.problems.throwIfAny();
    } catch (ValidationException e) {
      problems.addAll(e);
    }
    return read;
  }

  private Optional<StepRequest> read(ObjectNode request) {
    ObjectNode plain = request.deepCopy();
    problems.check(
        plain.remove("output") == null, pointer + "/output", "no output (use extract)", "one");
    String url = text(request);
    Map<String, String> headers = headers(request);
    Optional<JsonNode> body = request.optional(BODY).filter(node -> !node.isNull());
    RequestTemplates templates = RequestTemplates.parse(pointer, url, headers, body, problems);
    if (plain.path(URL).isString()) {
      plain.put(URL, templates.sampleUrl());
    }
    if (plain.path(HEADERS).isObject()) {
      templates.sampleHeaders().forEach(((ObjectNode) plain.get(HEADERS))::put);
    }
    if (body.isPresent()) {
      plain.set(BODY, body.get().isContainer() ? NODES.objectNode() : NODES.stringNode(""));
    }
    Optional<HttpAction> rules = rules(plain);
    problems.check(
        !templates.hasSecretBody() || rules.filter(HttpAction::followRedirects).isEmpty(),
        pointer + "/follow_redirects",
        "false with a secret in the body, which a redirect could carry elsewhere",
        "true");
    return problems.isEmpty()
        ? rules.map(found -> new StepRequest(url, headers, body, found, templates))
        : Optional.empty();
  }

  private Optional<HttpAction> rules(ObjectNode plain) {
    try {
      return Optional.of(HttpActionJson.fromJson(JsonText.write(plain)));
    } catch (ValidationException e) {
      RequestPointers.add(pointer, e, problems);
      return Optional.empty();
    }
  }

  private static String text(ObjectNode request) {
    return request.path(URL).isString() ? request.path(URL).stringValue() : "";
  }

  /** Those that are strings; core tells of the others. */
  private static Map<String, String> headers(ObjectNode request) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (request.path(HEADERS).isObject()) {
      request
          .path(HEADERS)
          .forEachEntry(
              (name, value) -> {
                if (value.isString()) {
                  headers.put(name, value.stringValue());
                }
              });
    }
    return headers;
  }
}
