package io.trigrun.contract.http;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer. */
public record Reply(HttpResponse<String> response) {

  /** The status. */
  public int status() {
    return response.statusCode();
  }

  /** The body as it came. */
  public String body() {
    return response.body();
  }

  /** The value of a header. */
  public Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  /** The body. */
  public JsonNode json() {
    return JsonMapper.shared().readTree(body());
  }

  /** A field of the body as text: {@code /error/code}. */
  public String at(String pointer) {
    return json().at(pointer).asString();
  }

  /** The code of an error. */
  public String code() {
    return at("/error/code");
  }

  /** The fields of the details of an error. */
  public List<String> fields() {
    return json()
        .at("/error/details")
        .valueStream()
        .map(detail -> detail.path("field").asString())
        .toList();
  }

  @Override
  public String toString() {
    return status() + " " + body();
  }
}
