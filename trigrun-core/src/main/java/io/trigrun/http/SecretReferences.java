package io.trigrun.http;

import io.trigrun.validation.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code secret://name} inside header values. A name is 1 to 128 letters, digits and ._-. */
final class SecretReferences {
  private static final String SCHEME = "secret://";
  private static final Pattern REFERENCE = Pattern.compile("secret://([A-Za-z0-9_.-]{1,128})");

  private SecretReferences() {}

  /** Refuses references without a name, and placeholders inside a name. */
  static void check(String header, String value) {
    Matcher reference = REFERENCE.matcher(value);
    int at = value.indexOf(SCHEME);
    while (at >= 0) {
      String field = HeaderRules.field(header);
      boolean named = reference.find(at) && reference.start() == at;
      boolean templated = value.startsWith("{{", named ? reference.end() : at + SCHEME.length());
      Problems.require(
          !templated, field, "no placeholder inside a secret:// reference", "secret://...{{");
      Problems.require(named, field, "secret://name", "secret:// without a name");
      at = value.indexOf(SCHEME, at + SCHEME.length());
    }
  }

  static List<String> names(String value) {
    List<String> names = new ArrayList<>();
    Matcher reference = REFERENCE.matcher(value);
    while (reference.find()) {
      names.add(reference.group(1));
    }
    return names;
  }

  /** One pass: a secret whose value looks like a reference is not looked up again. */
  static String resolve(String header, String value, SecretLookup secrets) {
    return REFERENCE
        .matcher(value)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    secrets
                        .find(match.group(1))
                        .orElseThrow(() -> new MissingSecretException(header, match.group(1)))));
  }
}
