package io.trigrun.workflow;

import java.util.regex.Pattern;

/** Names of HTTP headers: tokens of RFC 9110, section 5.6.2. */
final class HeaderName {

  private static final Pattern FORM = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

  private HeaderName() {}

  static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }
}
