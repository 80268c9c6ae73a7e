package io.trigrun.signing;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** See {@link SignatureScheme#bodyHex}. */
final class BodyHexScheme extends SignatureScheme {

  private static final String PREFIX = "sha256=";
  private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9A-Fa-f]{64}");

  private final String header;

  BodyHexScheme(String header) {
    this.header = header;
  }

  @Override
  public Map<String, String> sign(SigningKeys keys, String id, Instant at, byte[] body) {
    byte[] mac = Hmac.of(keys.current().rawKey(), body);
    return Map.of(header, PREFIX + HexFormat.of().formatHex(mac));
  }

  @Override
  boolean isTimed() {
    return false;
  }

  @Override
  Finding examine(ReceivedHeaders headers, byte[] body, List<SigningSecret> keys) {
    List<byte[]> expected = keys.stream().map(key -> Hmac.of(key.rawKey(), body)).toList();
    ReceivedHeaders.Single signature = headers.single(header);
    Optional<Verification> fault = signature.fault();
    if (fault.isPresent()) {
      return Finding.of(fault.get());
    }
    if (!FORM.matcher(signature.value()).matches()) {
      return Finding.of(Verification.MALFORMED);
    }
    byte[] actual = HexFormat.of().parseHex(signature.value().substring(PREFIX.length()));
    return Finding.of(
        Hmac.anyEqual(expected, List.of(actual)) ? Verification.VALID : Verification.MISMATCH);
  }

  @Override
  public String toString() {
    return "SignatureScheme[" + header + ": sha256=<hex>]";
  }
}
