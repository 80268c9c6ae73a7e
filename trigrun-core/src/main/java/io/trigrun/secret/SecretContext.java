package io.trigrun.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Where a ciphertext belongs. A cipher binds it in, so that one that was copied to another place in
 * the database is refused there.
 *
 * @param workspace whose secret it is
 * @param name the secret's name
 * @param purpose what the value is for, {@code secret} for those of {@link Secrets}
 */
public record SecretContext(String workspace, String name, String purpose) {

  /**
   * All of it as bytes, for use as associated data. Each part is preceded by its length, so that no
   * two contexts give the same bytes.
   */
  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    append(bytes, workspace);
    append(bytes, name);
    append(bytes, purpose);
    return bytes.toByteArray();
  }

  static void append(ByteArrayOutputStream bytes, String part) {
    byte[] utf8 = part.getBytes(UTF_8);
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
    bytes.writeBytes(utf8);
  }
}
