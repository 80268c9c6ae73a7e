package io.trigrun.handler;

/**
 * Turns payloads into JSON texts and back. The default uses Jackson 3; a host that has its own
 * mapper (Jackson 2, Gson) gives it to the builder. Thread-safe.
 */
public interface PayloadCodec {

  /**
   * Jackson 3 with its defaults, but unknown fields are ignored, so that a node can read what a
   * newer one wrote.
   */
  static PayloadCodec jackson() {
    return new JacksonCodec();
  }

  /**
   * Writes a payload.
   *
   * @throws IllegalArgumentException if it can't be written; the message names the type and the
   *     reason
   */
  String encode(Object payload);

  /**
   * Reads a payload.
   *
   * @throws IllegalArgumentException if the text does not fit the type; the message says where and
   *     why
   */
  <T> T decode(String json, Class<T> type);
}
