package io.trigrun.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** See {@link SignatureScheme#stripe}. */
final class StripeScheme extends SignatureScheme {

  private static final int MOST_PARTS = 32;
  private static final String TIME = "t=";
  private static final String SIGNATURE = "v1=";
  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");

  private final String header;

  StripeScheme(String header) {
    this.header = header;
  }

  @Override
  public Map<String, String> sign(SigningKeys keys, String id, Instant at, byte[] body) {
    String time = Timestamp.write(at);
    StringBuilder value = new StringBuilder(TIME).append(time);
    for (byte[] mac : macs(keys.at(at), time, body)) {
      value.append(',').append(SIGNATURE).append(HexFormat.of().formatHex(mac));
    }
    return Map.of(header, value.toString());
  }

  @Override
  boolean isTimed() {
    return true;
  }

  @Override
  Finding examine(ReceivedHeaders headers, byte[] body, List<SigningSecret> keys) {
    ReceivedHeaders.Single single = headers.single(header);
    List<String> times = new ArrayList<>();
    List<byte[]> actual = new ArrayList<>();
    String[] parts = single.value().split(",", MOST_PARTS + 1);
    for (String part : parts) {
      if (part.startsWith(TIME)) {
        times.add(part.substring(TIME.length()));
      } else if (part.startsWith(SIGNATURE)
          && HEX.matcher(part.substring(SIGNATURE.length())).matches()) {
        actual.add(HexFormat.of().parseHex(part.substring(SIGNATURE.length())));
      }
    }
    String time = times.isEmpty() ? "" : times.get(0);
    List<byte[]> expected = macs(keys, time, body); // whatever comes, so that it takes as long

    Optional<Verification> fault = single.fault();
    Optional<Instant> at = Timestamp.read(time);
    if (fault.isPresent()) {
      return Finding.of(fault.get());
    }
    if (at.isEmpty() || times.size() > 1 || actual.isEmpty() || parts.length > MOST_PARTS) {
      return Finding.of(Verification.MALFORMED);
    }
    return Hmac.anyEqual(expected, actual)
        ? Finding.valid(at.get(), HexFormat.of().formatHex(expected.get(0)))
        : Finding.of(Verification.MISMATCH);
  }

  private static List<byte[]> macs(List<SigningSecret> keys, String time, byte[] body) {
    byte[] head = (time + ".").getBytes(UTF_8);
    return keys.stream().map(key -> Hmac.of(key.rawKey(), head, body)).toList();
  }

  @Override
  public String toString() {
    return "SignatureScheme[" + header + ": t=<seconds>,v1=<hex>]";
  }
}
