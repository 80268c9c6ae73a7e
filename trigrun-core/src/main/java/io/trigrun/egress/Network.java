package io.trigrun.egress;

import io.trigrun.validation.Problems;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/** The addresses that share a prefix: {@code 10.0.0.0/8}, {@code fd00::/8}, or one address. */
final class Network {
  private static final String FIELD = "egress.network";
  private static final String EXPECTED = "a network such as 10.0.0.0/8 or fd00::/8, or one address";

  private final byte[] prefix;
  private final int bits;
  private final String text;

  private Network(byte[] prefix, int bits, String text) {
    this.prefix = prefix;
    this.bits = bits;
    this.text = text;
  }

  /**
   * @throws io.trigrun.validation.ValidationException if it is none, or has bits set behind its
   *     prefix: whoever writes 10.1.2.3/8 may have meant 10.1.2.3/32
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    Optional<byte[]> bytes = IpLiteral.parse(address).map(InetAddress::getAddress);
    Problems.require(bytes.isPresent(), FIELD, EXPECTED, text);
    byte[] prefix = bytes.orElseThrow();
    int bits = slash < 0 ? prefix.length * 8 : prefixLength(text, slash, prefix.length * 8);
    byte[] masked = masked(prefix, bits);
    Problems.require(
        Arrays.equals(masked, prefix),
        FIELD,
        "no bits set behind the prefix (" + plain(masked) + "/" + bits + ")",
        text);
    return new Network(prefix, bits, slash < 0 ? text + "/" + bits : text);
  }

  private static int prefixLength(String text, int slash, int max) {
    String digits = text.substring(slash + 1);
    boolean number =
        !digits.isEmpty()
            && digits.length() <= 3
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    Problems.require(number && Integer.parseInt(digits) <= max, FIELD, EXPECTED, text);
    return Integer.parseInt(digits);
  }

  private static byte[] masked(byte[] address, int bits) {
    byte[] masked = new byte[address.length];
    for (int i = 0; i < masked.length; i++) {
      int kept = Math.max(0, Math.min(8, bits - i * 8));
      masked[i] = (byte) (address[i] & (0xff << (8 - kept)));
    }
    return masked;
  }

  private static String plain(byte[] address) {
    return IpLiteral.of(address).getHostAddress();
  }

  /** Compared on bytes; an IPv4 network holds no IPv6 address. */
  boolean contains(byte[] address) {
    if (address.length != prefix.length) {
      return false;
    }
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) {
      if (address[i] != prefix[i]) {
        return false;
      }
    }
    int rest = bits % 8;
    return rest == 0 || ((address[whole] ^ prefix[whole]) & (0xff << (8 - rest)) & 0xff) == 0;
  }

  /** In the way it was written. */
  @Override
  public String toString() {
    return text;
  }
}
