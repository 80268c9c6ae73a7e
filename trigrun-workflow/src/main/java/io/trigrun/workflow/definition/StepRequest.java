package io.trigrun.workflow.definition;

import io.trigrun.Json;
import io.trigrun.http.HttpAction;
import io.trigrun.http.HttpMethod;
import io.trigrun.http.ResponseCheck;
import io.trigrun.validation.Problems;
import io.trigrun.workflow.internal.expression.JsonText;
import io.trigrun.workflow.internal.request.RequestTemplates;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import tools.jackson.databind.JsonNode;

/**
 * The request of an {@code http} step and the rules by which its answer is judged (row W2): what
 * {@link HttpAction} is for jobs, but with a workflow's placeholders in path and query, in header
 * values and in the body. Immutable; {@link #toString} shows neither header values nor the query.
 *
 * <p>A value is escaped for its place. In the path it is one segment or a part of one: an empty
 * value, or one that climbs ({@code ..}), fails the step. In a header it has to be printable ASCII.
 * In a JSON body a string that is one placeholder and nothing else becomes the value with its type.
 * {@code {{secret.name}}} may stand in header values and in the body, {@code secret://name} in
 * header values; what values look like makes no secret of them.
 *
 * <p>Problems are named by JSON pointers, such as {@code /request/timeout_seconds}.
 */
public final class StepRequest {

  private final String url;
  private final Map<String, String> headers;
  private final Optional<Json> body;
  private final HttpAction rules;
  private final SortedSet<String> secretNames;

  StepRequest(
      String url,
      Map<String, String> headers,
      Optional<JsonNode> body,
      HttpAction rules,
      RequestTemplates templates) {
    this.url = url;
    this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    this.body = body.map(JsonText::write).map(Json::new);
    this.rules = rules;
    this.secretNames = Collections.unmodifiableSortedSet(templates.secretNames());
  }

  /** A builder for {@code GET url}. */
  public static Builder get(String url) {
    return request(HttpMethod.GET, url);
  }

  /** A builder for {@code POST url}. */
  public static Builder post(String url) {
    return request(HttpMethod.POST, url);
  }

  /** A builder for {@code PUT url}. */
  public static Builder put(String url) {
    return request(HttpMethod.PUT, url);
  }

  /** A builder for {@code PATCH url}. */
  public static Builder patch(String url) {
    return request(HttpMethod.PATCH, url);
  }

  /** A builder for {@code DELETE url}. */
  public static Builder delete(String url) {
    return request(HttpMethod.DELETE, url);
  }

  /** A builder for any method. */
  public static Builder request(HttpMethod method, String url) {
    return new Builder(method, url);
  }

  public HttpMethod method() {
    return rules.method();
  }

  /** With its placeholders: absolute, http or https, at most 2,048 characters. */
  public String url() {
    return url;
  }

  /** With their placeholders, in the order they were given; at most 50. */
  public Map<String, String> headers() {
    return headers;
  }

  /** A JSON string for a text, else an object or an array; with its placeholders. */
  public Optional<Json> body() {
    return body;
  }

  /** For the whole exchange: 1 to 300 whole seconds, 30 by default. */
  public Duration timeout() {
    return rules.timeout();
  }

  /** The statuses that count as success; by default 200, 201, 202 and 204. */
  public SortedSet<Integer> successStatuses() {
    return rules.successStatuses();
  }

  /** What else must hold of an answer with such a status. */
  public List<ResponseCheck> checks() {
    return rules.checks();
  }

  /** Whether up to 5 redirects are followed; no by default. */
  public boolean followRedirects() {
    return rules.followRedirects();
  }

  /** The secrets that headers and body name, each once, sorted. */
  public SortedSet<String> secretNames() {
    return secretNames;
  }

  /** Scheme, host and port of its URL; placeholders can't be in them. */
  public URI origin() {
    return rules.origin();
  }

  /** The host of its URL; placeholders can't be in it. */
  public String host() {
    return rules.host();
  }

  /** The same without templates: a harmless value is in the place of each. */
  HttpAction rules() {
    return rules;
  }

  /** The {@code request} object of a step's JSON form. */
  JsonNode toJson() {
    return StepRequestJson.write(this);
  }

  /**
   * Reads a {@code request} object.
   *
   * @param pointer where it stands
   * @return empty after telling {@code problems} what is wrong with it
   */
  static Optional<StepRequest> fromJson(String pointer, JsonNode request, Problems problems) {
    return StepRequestJson.read(pointer, request, problems);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StepRequest request && toJson().equals(request.toJson());
  }

  @Override
  public int hashCode() {
    return toJson().hashCode();
  }

  @Override
  public String toString() {
    return "StepRequest[" + method() + " " + origin() + ", headers=" + headers.keySet() + "]";
  }

  /** Collects the parts of a request. {@link #build} checks them all. Not thread-safe. */
  public static final class Builder {

    private final RequestDraft draft;

    private Builder(HttpMethod method, String url) {
      draft = new RequestDraft(method, url);
    }

    /** Adds a header; its value may hold placeholders and {@code secret://name}. */
    public Builder header(String name, String value) {
      draft.header(name, value);
      return this;
    }

    /** Sends this text in UTF-8. Set {@code Content-Type} yourself. */
    public Builder body(String text) {
      draft.body(text);
      return this;
    }

    /**
     * Sends this JSON object or array.
     *
     * @throws io.trigrun.validation.ValidationException if it is none
     */
    public Builder jsonBody(String json) {
      draft.jsonBody(json);
      return this;
    }

    /** The deadline of the whole exchange: 1 to 300 whole seconds, 30 by default. */
    public Builder timeout(Duration timeout) {
      draft.set(rules -> rules.timeout(timeout));
      return this;
    }

    /** Replaces the statuses that count as success: 200, 201, 202 and 204 by default. */
    public Builder successStatuses(int... statuses) {
      draft.set(rules -> rules.successStatuses(statuses));
      return this;
    }

    /** Adds rules that an answer with a success status must meet; all of them must hold. */
    public Builder expect(ResponseCheck... checks) {
      draft.set(rules -> rules.expect(checks));
      return this;
    }

    /** Whether to follow up to 5 redirects; not possible with a secret in the body. */
    public Builder followRedirects(boolean follow) {
      draft.set(rules -> rules.followRedirects(follow));
      return this;
    }

    /**
     * The request.
     *
     * @throws io.trigrun.validation.ValidationException listing every problem
     */
    public StepRequest build() {
      return draft.build();
    }
  }
}
