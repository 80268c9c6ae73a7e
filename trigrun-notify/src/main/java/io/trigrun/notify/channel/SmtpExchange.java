package io.trigrun.notify.channel;

import io.trigrun.notify.channel.SmtpMail.Login;
import io.trigrun.notify.channel.SmtpMail.Protection;
import io.trigrun.notify.provider.DeliveryOutcome;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** One mail over one connection. With {@link SmtpRefusal} all there is that knows Angus Mail. */
final class SmtpExchange {

  private SmtpExchange() {}

  /**
   * Sends it.
   *
   * @throws IOException if the server could not be reached or broke off, or time is up
   */
  static DeliveryOutcome send(SmtpMail mail, String to, byte[] mime, Duration timeout)
      throws IOException {
    boolean sent = false;
    try (SmtpSockets sockets = new SmtpSockets(timeout)) {
      Session session = Session.getInstance(properties(mail, sockets, timeout));
      SMTPTransport transport = new SMTPTransport(session, null);
      try (transport) {
        connect(transport, mail);
        MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(mime));
        transport.sendMessage(message, new Address[] {new InternetAddress(to)});
        sent = true;
        return new DeliveryOutcome.Sent();
      } catch (MessagingException e) {
        return sent // and only the farewell failed
            ? new DeliveryOutcome.Sent()
            : SmtpRefusal.of(e, transport.getLastReturnCode(), sockets.isTimeUp()).outcome(mail);
      }
    }
  }

  private static void connect(SMTPTransport transport, SmtpMail mail) throws MessagingException {
    Optional<Login> login = mail.login();
    if (login.isPresent()) {
      transport.connect(mail.host(), mail.port(), login.get().user(), login.get().password());
    } else {
      transport.connect(mail.host(), mail.port(), null, null); // no login at all
    }
  }

  private static Properties properties(SmtpMail mail, SmtpSockets sockets, Duration timeout) {
    String millis = Long.toString(Math.max(1, Math.min(timeout.toMillis(), Integer.MAX_VALUE)));
    SSLSocketFactory trusted =
        mail.trust()
            .map(context -> context.getSocketFactory())
            .orElseGet(() -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.from", mail.from().address());
    properties.setProperty("mail.smtp.auth", Boolean.toString(mail.login().isPresent()));
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty("mail.smtp.quitwait", "false");
    properties.setProperty("mail.smtp.socketFactory.fallback", "false");
    properties.setProperty(
        "mail.smtp.ssl.enable", Boolean.toString(mail.protection() == Protection.TLS));
    boolean startTls = mail.protection() == Protection.STARTTLS;
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(startTls));
    properties.setProperty("mail.smtp.starttls.required", Boolean.toString(startTls));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty("mail.smtp.ssl.protocols", "TLSv1.2 TLSv1.3");
    properties.put("mail.smtp.socketFactory", sockets);
    properties.put("mail.smtp.ssl.socketFactory", sockets.tls(trusted));
    return properties;
  }
}
