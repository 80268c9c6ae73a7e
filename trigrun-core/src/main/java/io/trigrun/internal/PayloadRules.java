package io.trigrun.internal;

import io.trigrun.Json;
import io.trigrun.handler.PayloadCodec;
import io.trigrun.validation.Problems;

/** Writes payloads as JSON and keeps them within bounds. */
final class PayloadRules {

  private final PayloadCodec codec;
  private final int longest;

  PayloadRules(PayloadCodec codec, int longest) {
    this.codec = codec;
    this.longest = longest;
  }

  /** The payload as JSON; on a problem, something empty. */
  Json encode(Object payload, Problems problems) {
    try {
      String json = codec.encode(payload);
      problems.check(
          json.length() <= longest,
          "payload",
          "at most "
              + longest
              + " characters of JSON (keep large data elsewhere and pass a reference)",
          json.length() + " characters");
      return new Json(json);
    } catch (IllegalArgumentException e) {
      problems.add(
          "payload",
          "something the payload codec can write as JSON",
          String.valueOf(e.getMessage()));
      return Json.EMPTY_OBJECT;
    }
  }
}
