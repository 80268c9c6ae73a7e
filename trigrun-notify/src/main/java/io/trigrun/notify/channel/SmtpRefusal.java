package io.trigrun.notify.channel;

import io.trigrun.notify.channel.SmtpMail.Login;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryOutcome.Fault;
import io.trigrun.notify.provider.DeliveryOutcome.Permanent;
import io.trigrun.notify.provider.DeliveryOutcome.Transient;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * Why a mail was not taken, and what follows (RFC 5321, 4.2.1).
 *
 * <table>
 * <caption>Replies and outcomes</caption>
 * <tr><th>reply</th><th>outcome</th></tr>
 * <tr><td>4yz to anything</td><td>transient</td></tr>
 * <tr><td>5yz to the connection, EHLO, STARTTLS or the login</td><td>permanent, channel</td></tr>
 * <tr><td>5yz to sender or recipient, but 552 and 554</td><td>permanent, channel</td></tr>
 * <tr><td>552 and 554 there; 5yz to the mail itself</td><td>permanent, message</td></tr>
 * <tr><td>no STARTTLS where it is required, a certificate nobody vouches for</td>
 *     <td>permanent, channel</td></tr>
 * <tr><td>none</td><td>an {@code IOException}: transient</td></tr>
 * </table>
 */
record SmtpRefusal(Step step, int code, String said, Optional<IOException> broken) {

  private static final int LONGEST = 300;

  enum Step {
    CONNECT,
    LOGIN,
    ADDRESS,
    MAIL
  }

  static SmtpRefusal of(MessagingException failure, int lastCode, boolean timeUp) {
    List<Throwable> chain = chain(failure);
    Optional<IOException> broken = first(chain, IOException.class);
    if (timeUp) {
      broken = Optional.of(new SocketTimeoutException("time is up"));
    }
    Optional<SMTPAddressFailedException> address = first(chain, SMTPAddressFailedException.class);
    if (address.isPresent()) {
      return new SmtpRefusal(
          Step.ADDRESS, address.get().getReturnCode(), text(address.get()), broken);
    }
    Optional<SMTPSendFailedException> send = first(chain, SMTPSendFailedException.class);
    if (send.isPresent()) {
      String command = Optional.ofNullable(send.get().getCommand()).orElse("");
      Step step = command.startsWith("MAIL") ? Step.ADDRESS : Step.MAIL;
      return new SmtpRefusal(step, send.get().getReturnCode(), text(send.get()), broken);
    }
    Step step = failure instanceof AuthenticationFailedException ? Step.LOGIN : Step.CONNECT;
    return new SmtpRefusal(step, lastCode, text(failure), broken);
  }

  /**
   * What it means.
   *
   * @throws IOException if there was no reply
   */
  DeliveryOutcome outcome(SmtpMail mail) throws IOException {
    if (broken.isPresent() && isUntrusted(broken.get())) {
      return new Permanent(
          "expected a certificate for " + mail.host() + " that this JVM trusts, got another",
          Fault.CHANNEL);
    }
    if (broken.isPresent() || code <= 0) {
      throw new IOException(
          "no reply from %s:%d: %s"
              .formatted(
                  mail.host(),
                  mail.port(),
                  broken.map(e -> clean(text(e), mail)).orElse("it broke off")));
    }
    if (code < 400) { // all went well so far, and still it can't go on
      return new Permanent(clean(said, mail), Fault.CHANNEL);
    }
    String reason = "SMTP returned " + code + ": " + clean(said, mail);
    if (code < 500) {
      return new Transient(reason);
    }
    boolean aboutMail = step == Step.MAIL || (step == Step.ADDRESS && (code == 552 || code == 554));
    return new Permanent(reason, aboutMail ? Fault.MESSAGE : Fault.CHANNEL);
  }

  /** One line without the code, which is told already, and without what the host logs in with. */
  private String clean(String text, SmtpMail mail) {
    String line = VisibleText.line(text).replaceFirst("^" + code + "[ -]", "");
    for (String secret : mail.login().map(SmtpRefusal::secrets).orElse(List.of())) {
      line = line.replace(secret, "***");
    }
    return Truncate.to(line, LONGEST);
  }

  private static List<String> secrets(Login login) {
    Base64.Encoder base64 = Base64.getEncoder();
    String plain = "\0" + login.user() + "\0" + login.password();
    return List.of(
        base64.encodeToString(plain.getBytes(StandardCharsets.UTF_8)),
        base64.encodeToString(login.password().getBytes(StandardCharsets.UTF_8)),
        login.password());
  }

  private static boolean isUntrusted(Throwable failure) {
    return failure instanceof SSLPeerUnverifiedException
        || failure instanceof CertificateException
        || (failure.getCause() != null && isUntrusted(failure.getCause()));
  }

  private static String text(Throwable failure) {
    return Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getSimpleName());
  }

  /** Angus hangs causes and further failures on one list. */
  private static List<Throwable> chain(MessagingException failure) {
    List<Throwable> chain = new ArrayList<>();
    Throwable next = failure;
    while (next != null && chain.size() < 20) {
      chain.add(next);
      next = next.getCause();
    }
    return chain;
  }

  private static <T> Optional<T> first(List<Throwable> chain, Class<T> type) {
    return chain.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  @Override
  public String toString() {
    return "SmtpRefusal[" + step + " " + code + "]";
  }
}
