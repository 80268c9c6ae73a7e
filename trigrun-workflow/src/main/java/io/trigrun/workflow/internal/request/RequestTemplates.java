package io.trigrun.workflow.internal.request;

import io.trigrun.validation.Problems;
import io.trigrun.workflow.internal.expression.Located;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** All templates of one request, parsed once. Immutable. */
public record RequestTemplates(
    UrlTemplate url, Map<String, HeaderTemplate> headers, Optional<BodyTemplate> body) {

  public RequestTemplates {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /**
   * Parses what may hold placeholders; what is wrong with them is told to {@code problems}.
   *
   * @param pointer of the request
   */
  public static RequestTemplates parse(
      String pointer,
      String url,
      Map<String, String> headers,
      Optional<JsonNode> body,
      Problems problems) {
    Map<String, HeaderTemplate> values = new LinkedHashMap<>();
    headers.forEach(
        (name, value) ->
            values.put(
                name, HeaderTemplate.parse(pointer + "/headers/" + token(name), value, problems)));
    return new RequestTemplates(
        UrlTemplate.parse(pointer + "/url", url, problems),
        values,
        body.map(content -> BodyTemplate.parse(pointer + "/body", content, problems)));
  }

  private static String token(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** The URL with a harmless value in each place. */
  public String sampleUrl() {
    return url.sample();
  }

  /** The headers with a harmless value in each place. */
  public Map<String, String> sampleHeaders() {
    Map<String, String> sample = new LinkedHashMap<>();
    headers.forEach((name, value) -> sample.put(name, value.sample()));
    return sample;
  }

  /** The references in it, secrets included. */
  public List<Located> references() {
    return Stream.of(
            url.references().stream(),
            headers.values().stream().flatMap(header -> header.references().stream()),
            body.stream().flatMap(content -> content.references().stream()))
        .flatMap(part -> part)
        .toList();
  }

  /** The secrets that it names, each once, sorted. */
  public SortedSet<String> secretNames() {
    SortedSet<String> names = new TreeSet<>();
    references().stream()
        .filter(found -> SecretScope.isSecret(found.reference()))
        .forEach(found -> names.add(found.reference().path().get(0)));
    return names;
  }

  /** Whether its body holds a secret. */
  public boolean hasSecretBody() {
    return body.stream()
        .flatMap(content -> content.references().stream())
        .anyMatch(found -> SecretScope.isSecret(found.reference()));
  }
}
