package io.trigrun.handler;

import io.trigrun.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Payloads by Jackson 3. Unknown fields are ignored, so that a node may read what a newer one
 * wrote.
 */
final class JacksonCodec implements PayloadCodec {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  @Override
  public String encode(Object payload) {
    try {
      if (payload instanceof Json json) {
        check(json.text());
        return json.text();
      }
      return MAPPER.writeValueAsString(payload);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          payload.getClass().getSimpleName() + ": " + e.getOriginalMessage(), e);
    }
  }

  /** One well-formed value, and nothing after it; read without building a tree. */
  private static void check(String text) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      int values = 0;
      while (parser.nextToken() != null) {
        parser.skipChildren();
        values++;
      }
      if (values != 1) {
        throw new IllegalArgumentException("expected one JSON value, got " + values);
      }
    }
  }

  @Override
  public <T> T decode(String json, Class<T> type) {
    try {
      if (type == Json.class) {
        return type.cast(new Json(json));
      }
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw new IllegalArgumentException("the JSON text null");
      }
      return value;
    } catch (JacksonException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }
}
