package io.trigrun.workflow.internal.inbound;

import io.trigrun.inbound.InboundResponse;
import java.util.Map;

/**
 * The headers of every answer about a wait: a page that runs nothing, is kept and framed nowhere.
 */
final class SafeHeaders {

  private static final Map<String, String> ALL =
      Map.of(
          "Cache-Control", "no-store",
          "Referrer-Policy", "no-referrer",
          "Content-Security-Policy",
              "default-src 'none'; style-src '"
                  + Stylesheet.CSP_HASH
                  + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
          "X-Frame-Options", "DENY",
          "X-Content-Type-Options", "nosniff",
          "X-Robots-Tag", "noindex, nofollow",
          "Cross-Origin-Opener-Policy", "same-origin");

  private SafeHeaders() {}

  static InboundResponse on(InboundResponse response) {
    return response.withHeaders(ALL);
  }
}
