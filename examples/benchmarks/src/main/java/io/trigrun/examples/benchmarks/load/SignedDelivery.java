package io.trigrun.examples.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A delivery as GitHub sends it, with a number as its id and in its body, which is signed. Only the
 * digits change, so that sending costs little but the signature.
 */
final class SignedDelivery {

  private static final String MAC = "HmacSHA256";
  private static final String BODY =
      """
      {"ref":"refs/heads/main","number":"%s","repository":{"id":1296269,"full_name":"octo/shop",\
      "html_url":"https://example.com/octo/shop","private":true,"default_branch":"main"},\
      "pusher":{"name":"ada","email":"ada@example.com"},"head_commit":{"id":"%s",\
      "message":"Orders are shipped on the day on which they were paid, and not before",\
      "timestamp":"2026-03-16T10:00:00Z","modified":["src/main/orders.txt","docs/orders.md"]}}\
      """;
  private static final String DIGITS = "0000000000";
  private static final String HEX = "0".repeat(64);

  private final byte[] head;
  private final byte[] body;
  private final int idAt;
  private final int signatureAt;
  private final int numberAt;
  private final Mac mac;

  SignedDelivery(String target, String secret) {
    String text = BODY.formatted(DIGITS, "7fd1a60b01f91b314f59955a4e4d4e80d8edf11d");
    body = text.getBytes(US_ASCII);
    numberAt = text.indexOf(DIGITS);
    String start =
        "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: load\r\nContent-Type: application/json\r\n"
                .formatted(target)
            + "Content-Length: %d\r\nX-GitHub-Event: push\r\nX-GitHub-Delivery: "
                .formatted(body.length);
    String signature = DIGITS + "\r\nX-Hub-Signature-256: sha256=";
    head = (start + signature + HEX + "\r\n\r\n").getBytes(US_ASCII);
    idAt = start.length();
    signatureAt = idAt + signature.length();
    mac = mac(secret);
  }

  private static Mac mac(String secret) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(secret.getBytes(US_ASCII), MAC));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + MAC, e);
    }
  }

  /** Writes the request with this number. */
  void put(ByteBuffer to, int number) {
    int rest = number;
    for (int i = DIGITS.length() - 1; i >= 0; i--) {
      byte digit = (byte) ('0' + rest % 10);
      head[idAt + i] = digit;
      body[numberAt + i] = digit;
      rest /= 10;
    }
    byte[] signature = HexFormat.of().formatHex(mac.doFinal(body)).getBytes(US_ASCII);
    System.arraycopy(signature, 0, head, signatureAt, signature.length);
    to.put(head).put(body);
  }
}
