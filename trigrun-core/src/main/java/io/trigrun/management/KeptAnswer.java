package io.trigrun.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.route.Answer;
import io.trigrun.route.ErrorCode;
import io.trigrun.route.JsonObject;
import io.trigrun.route.Refusal;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the store keeps of a request with an {@code Idempotency-Key}. Answers may hold tokens that
 * are shown only once, and bodies hold secrets: so both are sealed with keys that are made of key
 * and body, which the store does not have. Whoever sends the same request again opens them.
 */
final class KeptAnswer {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final String workspace;
  private final UUID id;
  private final byte[] check;
  private final byte[] seal;

  KeptAnswer(String workspace, String key, InboundRequest request) {
    this.workspace = workspace;
    this.id = id(workspace, key);
    byte[] what = what(request);
    this.check = mac(key, "check", what);
    this.seal = mac(key, "seal", what);
  }

  String workspace() {
    return workspace;
  }

  /** Follows from workspace and key (UUID version 8): whoever comes second finds it there. */
  UUID id() {
    return id;
  }

  /** The document while the work is being done. */
  String begun() {
    return JsonObject.builder().put("check", text(check)).build().json();
  }

  /** The document when it is done. */
  String document(Answer answer) {
    JsonObject plain =
        JsonObject.builder()
            .put("status", answer.status())
            .putIfPresent("tag", answer.tag())
            .putIfPresent("body", answer.body())
            .build();
    return JsonObject.builder()
        .put("check", text(check))
        .put("answer", text(sealed(plain.json().getBytes(UTF_8))))
        .build()
        .json();
  }

  /**
   * @throws Refusal 422 if the document is of another request
   */
  void requireSame(String document) {
    byte[] kept = bytes(read(document).text("check").orElse(""));
    if (!MessageDigest.isEqual(check, kept)) {
      throw Refusal.of(
          ErrorCode.IDEMPOTENCY_KEY_REUSED,
          "Idempotency-Key: expected a new one for another request; take a random one for each");
    }
  }

  /** The answer, if the document has one. */
  Optional<Answer> answer(String document) {
    return read(document).text("answer").map(this::opened);
  }

  private Answer opened(String text) {
    JsonObject plain = JsonObject.own(new String(open(bytes(text)), UTF_8));
    return new Answer(
        plain.whole("status").orElseThrow().intValue(),
        plain.object("body"),
        plain.text("tag"),
        true);
  }

  private static JsonObject read(String document) {
    return JsonObject.own(document);
  }

  private byte[] sealed(byte[] plain) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    byte[] rest = crypt(Cipher.ENCRYPT_MODE, nonce, plain);
    return ByteBuffer.allocate(NONCE + rest.length).put(nonce).put(rest).array();
  }

  private byte[] open(byte[] sealed) {
    return crypt(
        Cipher.DECRYPT_MODE,
        Arrays.copyOf(sealed, NONCE),
        Arrays.copyOfRange(sealed, NONCE, sealed.length));
  }

  private byte[] crypt(int mode, byte[] nonce, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(seal, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected AES-GCM and what it made, got neither", e);
    }
  }

  /** Method, path and body; a line feed is in neither of the first two. */
  private static byte[] what(InboundRequest request) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes((request.method() + "\n" + request.path() + "\n").getBytes(UTF_8));
    all.writeBytes(request.body());
    return all.toByteArray();
  }

  private static byte[] mac(String key, String purpose, byte[] what) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
      mac.update((purpose + "\n").getBytes(UTF_8));
      return mac.doFinal(what);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected HMAC-SHA256, which every JVM has", e);
    }
  }

  private static UUID id(String workspace, String key) {
    ByteBuffer hash = ByteBuffer.wrap(Tokens.sha256("idempotency\n" + workspace + "\n" + key));
    long high = (hash.getLong() & ~0xF000L) | 0x8000L;
    return new UUID(high, (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(String text) {
    return Base64.getDecoder().decode(text);
  }
}
