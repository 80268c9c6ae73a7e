package io.trigrun.egress.guard;

import java.net.ProtocolException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The head of a request to a proxy (RFC 9112 3.2.2 and 3.2.3), read narrowly: our own client is the
 * only one that is to be understood.
 *
 * @param tunnel whether it is a CONNECT; else it is a plain request to be passed on
 * @param url where to: {@code https://host:port} of a tunnel, the whole http URL of a plain request
 * @param authorization of the header {@code Proxy-Authorization}, or empty
 * @param bodyLength how many bytes follow the head of a plain request
 * @param forwarded the head as the target gets it; empty for a tunnel
 */
record RequestHead(
    boolean tunnel, URI url, String authorization, long bodyLength, String forwarded) {

  /** For one connection, or for the proxy; the host is taken from the URL. */
  private static final Set<String> DROPPED =
      Set.of(
          "connection",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "upgrade");

  static final String CONNECT = "CONNECT ";

  /**
   * @param text with the empty line at its end
   */
  static RequestHead parse(String text) throws ProtocolException {
    String[] lines = text.split("\r\n", -1);
    String[] words = lines[0].split(" ", -1);
    if (words.length != 3 || !words[2].equals("HTTP/1.1") || !isToken(words[0])) {
      throw new ProtocolException("no request line");
    }
    Map<String, String> headers = headers(lines);
    String authorization = headers.getOrDefault("proxy-authorization", "");
    if (words[0].equals("CONNECT")) {
      URI url = url("https://" + words[1]);
      if (url.getPort() < 0 || !url.getRawAuthority().equals(words[1])) {
        throw new ProtocolException("no host and port");
      }
      return new RequestHead(true, url, authorization, 0, "");
    }
    URI url = url(words[1]);
    if (!"http".equalsIgnoreCase(url.getScheme())) {
      throw new ProtocolException("no http URL");
    }
    return new RequestHead(
        false, url, authorization, bodyLength(headers), forwarded(words[0], url, lines));
  }

  private static URI url(String text) throws ProtocolException {
    try {
      URI url = new URI(text);
      if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
        throw new ProtocolException("no URL with a host");
      }
      return url;
    } catch (URISyntaxException e) {
      throw new ProtocolException("no URL");
    }
  }

  /** Names in lower case. Twice the same is refused where two readers could differ. */
  private static Map<String, String> headers(String[] lines) throws ProtocolException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length - 2; i++) {
      String name = name(lines[i]);
      String value = lines[i].substring(name.length() + 1).strip();
      boolean twice = headers.put(name, value) != null;
      if (twice && (name.equals("content-length") || name.equals("proxy-authorization"))) {
        throw new ProtocolException("a header twice");
      }
    }
    if (headers.containsKey("transfer-encoding")) {
      throw new ProtocolException("a body of unknown length");
    }
    return headers;
  }

  private static String name(String line) throws ProtocolException {
    int colon = line.indexOf(':');
    if (colon < 1 || !isToken(line.substring(0, colon)) || line.indexOf('\n') >= 0) {
      throw new ProtocolException("no header line");
    }
    return line.substring(0, colon).toLowerCase(Locale.ROOT);
  }

  private static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 127 && c != ':');
  }

  private static long bodyLength(Map<String, String> headers) throws ProtocolException {
    String length = headers.getOrDefault("content-length", "0");
    if (length.isEmpty()
        || length.length() > 18
        || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new ProtocolException("no length of the body");
    }
    return Long.parseLong(length);
  }

  /** In origin form (RFC 9112 3.2.1), to be the only request on its connection. */
  private static String forwarded(String method, URI url, String[] lines) throws ProtocolException {
    String path = Optional.of(url.getRawPath()).filter(p -> !p.isEmpty()).orElse("/");
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path).append(query).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(url.getRawAuthority()).append("\r\n");
    head.append("Connection: close\r\n");
    for (int i = 1; i < lines.length - 2; i++) {
      if (!DROPPED.contains(name(lines[i]))) {
        head.append(lines[i]).append("\r\n");
      }
    }
    return head.append("\r\n").toString();
  }

  byte[] forwardedBytes() {
    return forwarded.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Holds a key to the guard. */
  @Override
  public String toString() {
    return "RequestHead[" + url.getHost() + "]";
  }
}
