package io.trigrun.signing;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** See {@link SignatureScheme#bodyHex}. */
record BodyHexScheme(String header) implements SignatureScheme {

  private static final String PREFIX = "sha256=";
  private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9A-Fa-f]{64}");

  @Override
  public Map<String, String> sign(byte[] body, SigningSecret secret) {
    return Map.of(header, PREFIX + HexFormat.of().formatHex(hmac(body, secret)));
  }

  @Override
  public Verification verify(byte[] body, Map<String, List<String>> headers, SigningSecret secret) {
    byte[] expected = hmac(body, secret); // first, so that every refusal takes as long
    List<String> values =
        headers.entrySet().stream()
            .filter(entry -> header.equalsIgnoreCase(entry.getKey()))
            .flatMap(entry -> entry.getValue().stream())
            .toList();
    if (values.size() != 1) {
      return values.isEmpty() ? Verification.MISSING : Verification.DUPLICATE;
    }
    if (!FORM.matcher(values.get(0)).matches()) {
      return Verification.MALFORMED;
    }
    byte[] actual = HexFormat.of().parseHex(values.get(0).substring(PREFIX.length()));
    return MessageDigest.isEqual(expected, actual) ? Verification.VALID : Verification.MISMATCH;
  }

  private static byte[] hmac(byte[] body, SigningSecret secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.key(), "HmacSHA256"));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
