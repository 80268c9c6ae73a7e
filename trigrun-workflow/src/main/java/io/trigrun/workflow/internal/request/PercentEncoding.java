package io.trigrun.workflow.internal.request;

import io.trigrun.validation.StorableText;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** All but the unreserved characters of RFC 3986 2.3 as the bytes of their UTF-8. */
final class PercentEncoding {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PercentEncoding() {}

  /**
   * Encodes a value.
   *
   * @throws io.trigrun.validation.ValidationException if it holds U+0000 or half a character
   */
  static String encode(String pointer, String value) {
    StorableText.require(value, pointer);
    StringBuilder text = new StringBuilder(value.length());
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      if (isUnreserved(b)) {
        text.append((char) b);
      } else {
        text.append('%').append(HEX.toHexDigits(b));
      }
    }
    return text.toString();
  }

  private static boolean isUnreserved(byte b) {
    int lower = b | 0x20;
    return (lower >= 'a' && lower <= 'z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '.'
        || b == '_'
        || b == '~';
  }
}
