package io.trigrun.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.validation.Problems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** See {@link SignatureScheme#standard}. */
final class StandardScheme extends SignatureScheme {

  static final SignatureScheme INSTANCE = new StandardScheme();

  private static final String ID = "webhook-id";
  private static final String TIMESTAMP = "webhook-timestamp";
  private static final String SIGNATURE = "webhook-signature";

  private static final Pattern V1 = Pattern.compile("v1,([A-Za-z0-9+/]{43}=)");
  private static final Pattern V1A = Pattern.compile("v1a,([A-Za-z0-9+/]{86}==)");

  /** A signature of the asymmetric kind costs much to check, and strangers may send them. */
  private static final int MOST_ENTRIES = 32;

  /**
   * A full stop would let somebody move the border between id and time, with the signature still
   * valid.
   */
  private static final Pattern ID_FORM = Pattern.compile("[!-~&&[^.]]{1,256}");

  private StandardScheme() {}

  @Override
  public Map<String, String> sign(SigningKeys keys, String id, Instant at, byte[] body) {
    Problems.require(
        ID_FORM.matcher(id).matches(), "id", "1 to 256 of printable ASCII, no full stop", id);
    String time = Timestamp.write(at);
    byte[] head = head(id, time);
    List<String> signatures =
        keys.at(at).stream().map(secret -> signature(secret, head, body)).toList();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(ID, id);
    headers.put(TIMESTAMP, time);
    headers.put(SIGNATURE, String.join(" ", signatures));
    return headers;
  }

  private String signature(SigningSecret secret, byte[] head, byte[] body) {
    StandardKey key =
        secret
            .standardKey()
            .filter(StandardKey::signs)
            .orElseThrow(() -> refusal("signing_secret"));
    return key instanceof StandardKey.Shared shared
        ? "v1," + base64(Hmac.of(shared.key(), head, body))
        : "v1a," + base64(((StandardKey.Pair) key).key().sign(head, body));
  }

  @Override
  public boolean fits(SigningSecret secret) {
    return secret.standardKey().filter(StandardKey::signs).isPresent();
  }

  @Override
  boolean verifiesWith(SigningSecret secret) {
    return secret.standardKey().isPresent();
  }

  @Override
  String secretForm() {
    return "whsec_ and 24 to 64 bytes in base64, or whsk_ and an Ed25519 key pair of 64 bytes"
        + " in base64 (whpk_ and 32 bytes to verify)";
  }

  @Override
  boolean isTimed() {
    return true;
  }

  @Override
  Finding examine(ReceivedHeaders headers, byte[] body, List<SigningSecret> keys) {
    ReceivedHeaders.Single id = headers.single(ID);
    ReceivedHeaders.Single timestamp = headers.single(TIMESTAMP);
    ReceivedHeaders.Single signature = headers.single(SIGNATURE);
    byte[] head = head(id.value(), timestamp.value());
    List<byte[]> expected = new ArrayList<>(); // whatever comes, so that it takes as long
    List<Ed25519> publicKeys = new ArrayList<>();
    for (SigningSecret secret : keys) {
      StandardKey key = secret.standardKey().orElseThrow(() -> refusal("signing_secret"));
      if (key instanceof StandardKey.Shared shared) {
        expected.add(Hmac.of(shared.key(), head, body));
      } else {
        publicKeys.add(((StandardKey.Pair) key).key());
      }
    }

    Optional<Verification> fault =
        Stream.of(id, timestamp, signature).flatMap(single -> single.fault().stream()).findFirst();
    if (fault.isPresent()) {
      return Finding.of(fault.get());
    }
    Optional<Instant> at = Timestamp.read(timestamp.value());
    List<String> entries = List.of(signature.value().split(" ", MOST_ENTRIES + 1));
    List<byte[]> macs = decoded(entries, V1);
    List<byte[]> signed = decoded(entries, V1A);
    if (at.isEmpty()
        || !ID_FORM.matcher(id.value()).matches()
        || entries.size() > MOST_ENTRIES
        || (macs.isEmpty() && signed.isEmpty())) {
      return Finding.of(Verification.MALFORMED);
    }
    boolean holds =
        Hmac.anyEqual(expected, macs)
            || signed.stream()
                .anyMatch(
                    one -> publicKeys.stream().anyMatch(key -> key.verifies(one, head, body)));
    return holds
        ? Finding.valid(at.get(), id.value() + "." + timestamp.value())
        : Finding.of(Verification.MISMATCH);
  }

  private static byte[] head(String id, String time) {
    return (id + "." + time + ".").getBytes(UTF_8);
  }

  /** Entries of other versions, and of no form at all, are passed over. */
  private static List<byte[]> decoded(List<String> entries, Pattern form) {
    return entries.stream()
        .map(form::matcher)
        .filter(matcher -> matcher.matches())
        .map(matcher -> Base64.getDecoder().decode(matcher.group(1)))
        .toList();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "SignatureScheme[Standard Webhooks]";
  }
}
