package io.trigrun.signing;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An Ed25519 key (RFC 8032), by the JDK's own implementation.
 *
 * @param privateKey empty for those who only verify
 */
record Ed25519(Optional<PrivateKey> privateKey, PublicKey publicKey) {

  private static final String NAME = "Ed25519";
  private static final int HALF = 32;

  /** What stands before the 32 bytes in the X.509 form of a public key (RFC 8410). */
  private static final byte[] X509_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final byte[] PROBE = {1, 2, 3};

  /** The 32 bytes of a seed and the public 32 bytes that belong to it. */
  static Optional<Ed25519> pair(byte[] bytes) {
    try {
      PrivateKey seed =
          KeyFactory.getInstance(NAME)
              .generatePrivate(
                  new EdECPrivateKeySpec(NamedParameterSpec.ED25519, Arrays.copyOf(bytes, HALF)));
      return publicKey(Arrays.copyOfRange(bytes, HALF, bytes.length))
          .map(half -> new Ed25519(Optional.of(seed), half.publicKey()))
          .filter(key -> key.verifies(key.sign(PROBE, PROBE), PROBE, PROBE)); // the halves match
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** The public 32 bytes. */
  static Optional<Ed25519> publicKey(byte[] bytes) {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    encoded.writeBytes(X509_HEAD);
    encoded.writeBytes(bytes);
    try {
      return Optional.of(
          new Ed25519(
              Optional.empty(),
              KeyFactory.getInstance(NAME)
                  .generatePublic(new X509EncodedKeySpec(encoded.toByteArray()))));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  byte[] sign(byte[] head, byte[] body) {
    try {
      Signature signature = Signature.getInstance(NAME);
      signature.initSign(privateKey.orElseThrow());
      signature.update(head);
      signature.update(body);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java 15 and newer have " + NAME, e);
    }
  }

  boolean verifies(byte[] actual, byte[] head, byte[] body) {
    try {
      Signature signature = Signature.getInstance(NAME);
      signature.initVerify(publicKey);
      signature.update(head);
      signature.update(body);
      return signature.verify(actual);
    } catch (GeneralSecurityException e) { // no signature at all, or of no point on the curve
      return false;
    }
  }

  @Override
  public String toString() {
    return "Ed25519[***]";
  }
}
