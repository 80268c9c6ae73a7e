package io.trigrun.notify.channel;

import io.trigrun.validation.Problems;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address with the name that is shown for it, which may be empty. Only the plain form of RFC
 * 5321 is let through: no quotes, comments, groups or address literals, so nothing in it can end a
 * header or a command.
 */
record EmailAddress(String name, String address) {

  static final String EXPECTED =
      "one address such as ops@example.com, in ASCII and of at most 254 characters";

  private static final int LONGEST = 254;
  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_NAME = 100;
  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern ADDRESS =
      Pattern.compile(
          ATOM + "(?:\\." + ATOM + ")*@(?:" + LABEL + "\\.)+(?![0-9]+$)" + LABEL, Pattern.DOTALL);
  private static final Pattern NAMED = Pattern.compile("([^<>]*)<([^<>]*)>", Pattern.DOTALL);
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]*");

  static boolean isAddress(String text) {
    return text.length() <= LONGEST // first: what comes after looks at each character
        && ADDRESS.matcher(text).matches()
        && text.indexOf('@') <= LONGEST_LOCAL;
  }

  /**
   * Reads {@code ops@example.com} or {@code Ops <ops@example.com>}.
   *
   * @throws io.trigrun.validation.ValidationException if it is neither, naming {@code from}
   */
  static EmailAddress parse(String text) {
    Matcher named = NAMED.matcher(text);
    EmailAddress parsed =
        named.matches()
            ? new EmailAddress(unquoted(named.group(1).strip()), named.group(2))
            : new EmailAddress("", text);
    Problems.require(
        isAddress(parsed.address)
            && parsed.name.length() <= LONGEST_NAME
            && parsed.name.equals(VisibleText.line(parsed.name)),
        "from",
        "an address such as alerts@example.com or Alerts <alerts@example.com>",
        VisibleText.line(text));
    return parsed;
  }

  private static String unquoted(String name) {
    boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
    return quoted ? name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1") : name;
  }

  /** The part after the at sign. */
  String domain() {
    return address.substring(address.indexOf('@') + 1);
  }

  /** As the field of a JSON API: the name in quotes if it must be, Unicode as it is. */
  @Override
  public String toString() {
    if (name.isEmpty()) {
      return address;
    }
    String shown =
        PLAIN_NAME.matcher(name).matches()
            ? name
            : "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    return shown + " <" + address + ">";
  }
}
