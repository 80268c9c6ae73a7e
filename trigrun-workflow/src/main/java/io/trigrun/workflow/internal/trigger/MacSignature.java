package io.trigrun.workflow.internal.trigger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.signing.Verification;
import io.trigrun.workflow.TriggerVerification.Encoding;
import io.trigrun.workflow.TriggerVerification.Hmac;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A header that holds the HMAC-SHA256 of the body or, with a header for the time, of something, the
 * time, something and the body. Takes as long for a refusal as for a signature that holds.
 *
 * @param before what is signed before the time
 * @param after what is signed between time and body
 */
record MacSignature(
    String header,
    String prefix,
    Encoding encoding,
    Optional<String> timestampHeader,
    String before,
    String after) {

  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{43}=");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}"); // until the year 5138

  /** Version 0 of Slack's: there has been no other. */
  static MacSignature slack() {
    return new MacSignature(
        "X-Slack-Signature",
        "v0=",
        Encoding.HEX,
        Optional.of("X-Slack-Request-Timestamp"),
        "v0:",
        ":");
  }

  static MacSignature of(Hmac hmac) {
    return new MacSignature(
        hmac.header(), hmac.prefix(), hmac.encoding(), hmac.timestampHeader(), "", ".");
  }

  Verification verify(
      InboundRequest request, byte[] body, List<String> secrets, Duration tolerance, Instant now) {
    List<String> signatures = values(request, header);
    List<String> times = timestampHeader.map(name -> values(request, name)).orElse(List.of("0"));
    String time = times.size() == 1 ? times.get(0) : "";
    byte[] head =
        timestampHeader.isPresent() ? (before + time + after).getBytes(UTF_8) : new byte[0];
    List<byte[]> expected = new ArrayList<>();
    secrets.forEach(secret -> expected.add(Digests.hmac(secret.getBytes(UTF_8), head, body)));

    if (signatures.isEmpty() || times.isEmpty()) {
      return Verification.MISSING;
    }
    if (signatures.size() > 1 || times.size() > 1) {
      return Verification.DUPLICATE;
    }
    Optional<byte[]> actual = decoded(signatures.get(0));
    if (actual.isEmpty() || !SECONDS.matcher(time).matches()) {
      return Verification.MALFORMED;
    }
    boolean holds = false;
    for (byte[] one : expected) {
      holds |= MessageDigest.isEqual(one, actual.get());
    }
    if (!holds) {
      return Verification.MISMATCH;
    }
    return timestampHeader.isPresent()
        ? inTime(Long.parseLong(time), tolerance, now)
        : Verification.VALID;
  }

  private static Verification inTime(long seconds, Duration tolerance, Instant now) {
    long age = now.getEpochSecond() - seconds;
    if (Math.abs(age) <= tolerance.toSeconds()) {
      return Verification.VALID;
    }
    return age > 0 ? Verification.TOO_OLD : Verification.TOO_NEW;
  }

  private Optional<byte[]> decoded(String value) {
    if (!value.startsWith(prefix)) {
      return Optional.empty();
    }
    String text = value.substring(prefix.length());
    if (encoding == Encoding.HEX) {
      return HEX.matcher(text).matches()
          ? Optional.of(HexFormat.of().parseHex(text))
          : Optional.empty();
    }
    return BASE64.matcher(text).matches()
        ? Optional.of(Base64.getDecoder().decode(text))
        : Optional.empty();
  }

  static List<String> values(InboundRequest request, String header) {
    return request.headers().getOrDefault(header, List.of());
  }
}
