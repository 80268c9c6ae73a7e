package io.trigrun.notify.channel;

import io.trigrun.notify.provider.ChannelProvider;
import io.trigrun.validation.Problems;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Mail through an SMTP server of the host's choice. Needs {@code org.eclipse.angus:angus-mail},
 * which this library does not bring along. The server is the host's own configuration: the egress
 * policy is not asked. Immutable; {@link #toString} hides user and password.
 */
public final class SmtpMail extends EmailService {

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

  /** Who logs in. */
  record Login(String user, String password) {

    @Override
    public String toString() {
      return "Login[...]";
    }
  }

  /** How the connection is protected. */
  enum Protection {
    /** TLS from the first byte. */
    TLS,
    /** TLS after the greeting; nothing is sent if the server does not offer it. */
    STARTTLS,
    NONE
  }

  private final String host;
  private final int port;
  private final Protection protection;
  private final Optional<Login> login;
  private final EmailAddress from;
  private final Optional<SSLContext> trust;

  private SmtpMail(
      String host,
      int port,
      Protection protection,
      Optional<Login> login,
      EmailAddress from,
      Optional<SSLContext> trust) {
    this.host = host;
    this.port = port;
    this.protection = protection;
    this.login = login;
    this.from = from;
    this.trust = trust;
  }

  /**
   * Mail through the server of a URL.
   *
   * @param url {@code smtps://user:password@mail.example.com:465} for TLS from the start, {@code
   *     smtp://...:587} for STARTTLS, which the server must then offer unless it is on loopback;
   *     user and password percent-encoded, both or neither; default ports 465 and 587
   * @param from {@code alerts@example.com} or {@code Alerts <alerts@example.com>}
   * @throws io.trigrun.validation.ValidationException naming {@code smtp_url} or {@code from};
   *     without the URL in the message
   * @throws IllegalStateException if Angus Mail is not there
   */
  public static SmtpMail of(String url, String from) {
    Optional<URI> parsed = parse(url);
    Problems.require(
        parsed.isPresent(),
        "smtp_url",
        "smtps://user:password@host:port or smtp://..., user and password percent-encoded",
        "something else");
    URI uri = parsed.orElseThrow();
    boolean implicit = scheme(uri).equals("smtps");
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    Protection unlessLocal =
        LOOPBACK.matcher(host).matches() ? Protection.NONE : Protection.STARTTLS;
    requireAngusMail();
    return new SmtpMail(
        host,
        uri.getPort() >= 0 ? uri.getPort() : implicit ? 465 : 587,
        implicit ? Protection.TLS : unlessLocal,
        login(uri),
        EmailAddress.parse(from),
        Optional.empty());
  }

  /**
   * Sends without TLS to an {@code smtp} server elsewhere than on loopback: mail, user and password
   * are open to whoever is on the way. For networks that are protected otherwise.
   *
   * @throws io.trigrun.validation.ValidationException if the URL says {@code smtps}
   */
  public SmtpMail withoutTls() {
    Problems.require(protection != Protection.TLS, "smtp_url", "smtp", "smtps");
    return new SmtpMail(host, port, Protection.NONE, login, from, trust);
  }

  /** Trusts these certificates, of a private authority for example. Default: those of the JVM. */
  public SmtpMail trusting(SSLContext context) {
    return new SmtpMail(host, port, protection, login, from, Optional.of(context));
  }

  private static Optional<URI> parse(String url) {
    try {
      URI uri = new URI(url);
      boolean smtp = scheme(uri).equals("smtp") || scheme(uri).equals("smtps");
      boolean bare =
          Optional.ofNullable(uri.getRawPath()).orElse("").matches("/?")
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null;
      boolean known = uri.getHost() != null && uri.getPort() <= 65_535 && uri.getPort() != 0;
      String userInfo = Optional.ofNullable(uri.getRawUserInfo()).orElse("user:password");
      boolean both = userInfo.matches("[^:]+:.+");
      return Optional.of(uri).filter(u -> smtp && bare && known && both).filter(u -> decodes(u));
    } catch (URISyntaxException e) { // its message quotes the URL
      return Optional.empty();
    }
  }

  /** No control character may get into a command. */
  private static boolean decodes(URI uri) {
    return login(uri)
        .map(l -> (l.user() + l.password()).chars().noneMatch(Character::isISOControl))
        .orElse(true);
  }

  private static Optional<Login> login(URI uri) {
    return Optional.ofNullable(uri.getRawUserInfo())
        .map(
            info -> {
              int colon = info.indexOf(':');
              return new Login(
                  decoded(info.substring(0, colon)), decoded(info.substring(colon + 1)));
            });
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String scheme(URI uri) {
    return Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
  }

  private static void requireAngusMail() {
    try {
      Class.forName(
          "org.eclipse.angus.mail.smtp.SMTPTransport", false, SmtpMail.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "expected Angus Mail, which mail by SMTP needs, got none: add the dependency"
              + " org.eclipse.angus:angus-mail:2.0.5",
          e);
    }
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  Protection protection() {
    return protection;
  }

  Optional<Login> login() {
    return login;
  }

  EmailAddress from() {
    return from;
  }

  Optional<SSLContext> trust() {
    return trust;
  }

  @Override
  ChannelProvider<?> provider() {
    return new SmtpProvider(this);
  }

  @Override
  public String toString() {
    return "SmtpMail[" + host + ":" + port + "]";
  }
}
