package io.trigrun.internal;

import io.trigrun.Json;
import io.trigrun.handler.PayloadCodec;
import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;
import java.util.function.IntSupplier;

/** Writes payloads as JSON and keeps them within bounds. */
final class PayloadRules {

  private final PayloadCodec codec;
  private final IntSupplier mostCharacters;

  PayloadRules(PayloadCodec codec, IntSupplier mostCharacters) {
    this.codec = codec;
    this.mostCharacters = mostCharacters;
  }

  /** The payload as JSON; on a problem, something empty. */
  Json encode(Object payload, Problems problems) {
    try {
      String json = codec.encode(payload);
      int longest = mostCharacters.getAsInt();
      problems.check(
          json.length() <= longest,
          "payload",
          "at most "
              + longest
              + " characters of JSON (keep large data elsewhere and pass a reference)",
          json.length() + " characters");
      StorableText.problem(json, "payload").ifPresent(problems::add);
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
