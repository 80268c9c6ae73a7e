package io.trigrun.signing;

import java.util.List;
import java.util.Map;

/**
 * How a request is signed and a signature checked. Both sides work on the raw bytes of the body: a
 * body that was parsed and written again has another signature.
 */
public interface SignatureScheme {

  /**
   * {@code <header>: sha256=<hex>}: HMAC-SHA256 of the body, in lower case hexadecimal digits (row
   * N2; with {@code X-Hub-Signature-256} the scheme of GitHub).
   *
   * @param header the name of the header
   */
  static SignatureScheme bodyHex(String header) {
    return new BodyHexScheme(header);
  }

  /** The headers to send along with the body. */
  Map<String, String> sign(byte[] body, SigningSecret secret);

  /**
   * Checks a request.
   *
   * @param body the bytes as they came
   * @param headers all headers, names in any case
   */
  Verification verify(byte[] body, Map<String, List<String>> headers, SigningSecret secret);
}
