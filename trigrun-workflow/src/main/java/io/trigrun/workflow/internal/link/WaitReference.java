package io.trigrun.workflow.internal.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * The part of a token that says which wait: execution id, then key and approver, each after its
 * length (two bytes), in base64 for URLs. No approver has length 0.
 */
final class WaitReference {

  private WaitReference() {}

  static String of(WaitLink link) {
    byte[] key = link.waitKey().getBytes(UTF_8);
    byte[] approver = link.approver().orElse("").getBytes(UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(20 + key.length + approver.length);
    bytes.putLong(link.executionId().getMostSignificantBits());
    bytes.putLong(link.executionId().getLeastSignificantBits());
    bytes.putShort((short) key.length).put(key);
    bytes.putShort((short) approver.length).put(approver);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** Reads what {@link #of} wrote, and has been verified to be so. */
  static WaitLink read(String reference, Purpose purpose) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(reference));
    UUID executionId = new UUID(bytes.getLong(), bytes.getLong());
    String key = text(bytes);
    String approver = text(bytes);
    return new WaitLink(
        executionId, key, purpose, Optional.of(approver).filter(name -> !name.isEmpty()));
  }

  private static String text(ByteBuffer bytes) {
    byte[] text = new byte[Short.toUnsignedInt(bytes.getShort())];
    bytes.get(text);
    return new String(text, UTF_8);
  }
}
