package io.trigrun.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Addresses as text, in the one spelling that every resolver reads alike. Resolves nothing. */
final class IpLiteral {
  private IpLiteral() {}

  /** IPv4 as four decimal numbers without leading zeros; IPv6 without brackets and zone. */
  static Optional<InetAddress> parse(String text) {
    return text.indexOf(':') >= 0 ? v6(text) : v4(text).map(IpLiteral::of);
  }

  private static Optional<byte[]> v4(String text) {
    byte[] address = new byte[4];
    int part = 0;
    int digits = 0;
    int value = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? '.' : text.charAt(i);
      if (c == '.') {
        if (digits == 0 || part == 4) {
          return Optional.empty();
        }
        address[part++] = (byte) value;
        digits = 0;
        value = 0;
      } else {
        boolean leadingZero = digits == 1 && value == 0;
        if (c < '0' || c > '9' || leadingZero) {
          return Optional.empty();
        }
        value = value * 10 + c - '0';
        digits++;
        if (value > 255) {
          return Optional.empty();
        }
      }
    }
    return part == 4 ? Optional.of(address) : Optional.empty();
  }

  /** The JDK's own reading: that is what would be connected to. In brackets it asks nobody. */
  private static Optional<InetAddress> v6(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("0123456789abcdefABCDEF:.".indexOf(text.charAt(i)) < 0) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(InetAddress.getAllByName("[" + text + "]")[0]);
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  static InetAddress of(byte[] address) {
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "expected an address of 4 or 16 bytes, got " + address.length, e);
    }
  }
}
