package io.trigrun.http;

import io.trigrun.template.TemplateText;
import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The URL rules that need no name resolution. Addresses are the egress guard's business. */
final class RequestUrl {
  static final int MAX_LENGTH = 2048;

  /** RFC 3986 2.3. */
  private static final String UNRESERVED =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

  private static final Pattern DOTTED_QUAD =
      Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
  private static final Pattern NUMERIC_LABEL = Pattern.compile("(?i)\\d+|0x[0-9a-f]*");
  private static final Pattern LEADING_ZERO = Pattern.compile("(^|\\.)0\\d");

  /** Values of a variable all have one length, so one sample decides for every run. */
  private static final RunStamp SAMPLE =
      new RunStamp(Optional.empty(), new UUID(0, 0), Instant.EPOCH, 0, 1);

  private RequestUrl() {}

  /** Parses a URL with placeholders; they may stand in the path and the query only. */
  static TemplateText<TemplateVariable> template(String field, String text) {
    TemplateText<TemplateVariable> template = TemplateVariable.parse(field, text);
    int open = text.indexOf("{{");
    Problems.require(
        open < 0 || open >= authorityEnd(text),
        field,
        "placeholders in the path or query only",
        masked(text));
    parse(field, render(template, SAMPLE));
    return template;
  }

  static String render(TemplateText<TemplateVariable> template, RunStamp run) {
    return template.render(variable -> percentEncoded(variable.value(run)));
  }

  /** A concrete URL, in ASCII form. Each request passes here: what is fine must cost little. */
  static URI parse(String field, String text) {
    if (text.length() > MAX_LENGTH) {
      throw Refusal.of(
          field, "at most " + MAX_LENGTH + " characters", text.length() + " characters");
    }
    boolean ascii = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      refuseIf(Character.isISOControl(c), field, "no control characters", text);
      ascii &= c < 128;
    }
    refuseIf(!ascii && !StorableText.isStorable(text), field, "no half of a surrogate pair", text);
    URI uri = syntax(field, text);
    String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    refuseIf(
        !scheme.equals("http") && !scheme.equals("https"),
        field,
        "an absolute http or https URL",
        text);
    refuseIf(
        uri.getRawUserInfo() != null || authority(uri).contains("@"),
        field,
        "no user name or password in the URL (use an Authorization header)",
        text);
    refuseIf(uri.getRawFragment() != null, field, "no fragment (#...)", text);
    checkHost(field, Optional.ofNullable(uri.getHost()).orElse(""), text);
    refuseIf(
        (uri.getPort() < 1 || uri.getPort() > 65_535)
            && (uri.getPort() != -1 || authority(uri).endsWith(":")),
        field,
        "a port from 1 to 65535",
        text);
    return ascii ? uri : URI.create(uri.toASCIIString());
  }

  private static void refuseIf(boolean wrong, String field, String expected, String url) {
    if (wrong) {
      throw Refusal.of(field, expected, masked(url));
    }
  }

  private static URI syntax(String field, String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw Refusal.of(
          field, "a URL (percent-encode characters such as spaces, | and [ ])", masked(text));
    }
  }

  private static void checkHost(String field, String host, String text) {
    refuseIf(
        host.isEmpty(),
        field,
        "a host of letters, digits, hyphens and dots (international names in xn-- form)",
        text);
    if (host.startsWith("[")) {
      refuseIf(host.indexOf('%') >= 0, field, "an IPv6 address without zone", text);
      return;
    }
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    String lastLabel = name.substring(name.lastIndexOf('.') + 1);
    boolean numeric = NUMERIC_LABEL.matcher(lastLabel).matches();
    // 2130706433 and 0177.0.0.1 are read as addresses by some resolvers and as names by others.
    refuseIf(
        numeric && (!DOTTED_QUAD.matcher(name).matches() || LEADING_ZERO.matcher(name).find()),
        field,
        "a host name or an IPv4 address of four decimal numbers",
        text);
  }

  private static String authority(URI uri) {
    return Optional.ofNullable(uri.getRawAuthority()).orElse("");
  }

  /** Scheme, host and port of a URL that {@link #template} has accepted. */
  static URI origin(String text) {
    return URI.create(text.substring(0, authorityEnd(text)));
  }

  /** The host of a URL that {@link #template} has accepted. */
  static String host(String text) {
    int start = text.indexOf("://") + 3;
    String authority = text.substring(start, authorityEnd(text));
    int port = authority.indexOf(':', authority.indexOf(']') + 1);
    return port < 0 ? authority : authority.substring(0, port);
  }

  private static int authorityEnd(String text) {
    int start = text.indexOf("://");
    if (start < 0) {
      return text.length();
    }
    for (int i = start + 3; i < text.length(); i++) {
      if ("/?#".indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  /** Fit for logs and messages: no query, no fragment, no user information, at most 80 long. */
  static String masked(String url) {
    int end = url.length();
    for (char stop : new char[] {'?', '#'}) {
      int at = url.indexOf(stop);
      end = at >= 0 ? Math.min(end, at) : end;
    }
    String head = url.substring(0, end);
    int authority = head.indexOf("//") < 0 ? 0 : head.indexOf("//") + 2;
    int at = head.lastIndexOf('@');
    if (at >= authority) {
      head = head.substring(0, authority) + "***" + head.substring(at);
    }
    return Texts.cut(head, 80) + (end < url.length() ? url.charAt(end) + "***" : "");
  }

  private static String percentEncoded(String value) {
    StringBuilder text = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      if (UNRESERVED.indexOf(b) >= 0) {
        text.append((char) b);
      } else {
        text.append(String.format(Locale.ROOT, "%%%02X", b));
      }
    }
    return text.toString();
  }
}
