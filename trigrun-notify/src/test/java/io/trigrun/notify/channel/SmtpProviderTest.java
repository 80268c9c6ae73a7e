package io.trigrun.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.trigrun.notify.TestMessages;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryOutcome.Fault;
import io.trigrun.notify.provider.DeliveryOutcome.Permanent;
import io.trigrun.notify.provider.DeliveryOutcome.Sent;
import io.trigrun.notify.provider.DeliveryOutcome.Transient;
import io.trigrun.notify.provider.Rendering;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("N3: e-mail by SMTP")
class SmtpProviderTest {

  private static final String FROM = "Alerts <alerts@example.com>";
  private static final String PASSWORD = "p@ss:w/rd+%";
  private static final String LOGIN = "alerts:p%40ss%3Aw%2Frd+%25@";
  private static final EmailConfig OPS = new EmailConfig("ops@example.com", false);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @Test
  void a_server_with_a_login_takes_the_mail() throws Exception {
    GreenMail server = greenMail(ServerSetup.PROTOCOL_SMTP);
    try {
      String url = "smtp://" + LOGIN + "127.0.0.1:" + server.getSmtp().getPort();

      assertThat(send(SmtpMail.of(url, FROM))).isInstanceOf(Sent.class);
      assertThat(send(SmtpMail.of(url, FROM))).isInstanceOf(Sent.class);

      MimeMessage[] received = server.getReceivedMessages();
      assertThat(received).hasSize(2);
      assertThat(received[0].getSubject()).isEqualTo("Nightly sync failed");
      assertThat(received[0].getHeader("Auto-Submitted")).containsExactly("auto-generated");
      assertThat(received[0].getMessageID())
          .isEqualTo(received[1].getMessageID())
          .isEqualTo("<019547f8-0000-7000-8000-000000000009@example.com>");
      assertThat(received[0].getHeader("Return-Path")).containsExactly("<alerts@example.com>");
    } finally {
      server.stop();
    }
  }

  @Test
  void a_wrong_password_is_a_fault_of_the_channel_and_not_repeated() throws Exception {
    GreenMail server = greenMail(ServerSetup.PROTOCOL_SMTP);
    try {
      String url = "smtp://alerts:wr0ng-one@127.0.0.1:" + server.getSmtp().getPort();
      assertThat(send(SmtpMail.of(url, FROM)))
          .isInstanceOfSatisfying(
              Permanent.class,
              refused -> {
                assertThat(refused.fault()).isEqualTo(Fault.CHANNEL);
                assertThat(refused.reason()).startsWith("SMTP returned 535: ");
                assertThat(refused.reason()).doesNotContain("wr0ng-one");
              });
    } finally {
      server.stop();
    }
  }

  @Test
  void tls_needs_a_certificate_that_is_trusted() throws Exception {
    GreenMail server = greenMail(ServerSetup.PROTOCOL_SMTPS);
    try {
      String url = "smtps://" + LOGIN + "127.0.0.1:" + server.getSmtps().getPort();

      assertThat(send(SmtpMail.of(url, FROM)))
          .isInstanceOfSatisfying(
              Permanent.class,
              refused -> {
                assertThat(refused.fault()).isEqualTo(Fault.CHANNEL);
                assertThat(refused.reason()).contains("a certificate for 127.0.0.1");
              });
      assertThat(server.getReceivedMessages()).isEmpty();
    } finally {
      server.stop();
    }
  }

  @Test
  void a_private_authority_may_be_trusted_for_the_name_of_the_server_and_no_other(
      @TempDir Path folder) throws Exception {
    SSLContext right = Certificate.of("ip:127.0.0.1", folder);
    SSLContext wrong = Certificate.of("dns:mail.example.com", folder);
    try (FakeSmtp server = new FakeSmtp(Map.of(), right.getServerSocketFactory());
        FakeSmtp hangs =
            new FakeSmtp(Map.of("RCPT", FakeSmtp.HANG), right.getServerSocketFactory());
        FakeSmtp other = new FakeSmtp(Map.of(), wrong.getServerSocketFactory())) {
      assertThat(send(tls(server, right))).isInstanceOf(Sent.class);
      assertThatThrownBy(() -> send(tls(hangs, right), Duration.ofMillis(500)))
          .isInstanceOf(IOException.class);
      assertThat(send(tls(other, wrong)).toString())
          .startsWith("Permanent")
          .contains("a certificate for 127.0.0.1")
          .endsWith("fault=CHANNEL]");
      assertThat(other.commands).isEmpty();
    }
  }

  private static SmtpMail tls(FakeSmtp server, SSLContext trusted) {
    return SmtpMail.of(server.url(LOGIN).replace("smtp:", "smtps:"), FROM).trusting(trusted);
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT, 421, transient",
    "CONNECT, 554, CHANNEL",
    "AUTH, 454, transient",
    "AUTH, 534, CHANNEL",
    "AUTH, 535, CHANNEL",
    "MAIL, 451, transient",
    "MAIL, 530, CHANNEL",
    "MAIL, 550, CHANNEL",
    "MAIL, 552, MESSAGE",
    "MAIL, 553, CHANNEL",
    "RCPT, 421, transient",
    "RCPT, 450, transient",
    "RCPT, 451, transient",
    "RCPT, 452, transient",
    "RCPT, 550, CHANNEL",
    "RCPT, 551, CHANNEL",
    "RCPT, 552, MESSAGE",
    "RCPT, 553, CHANNEL",
    "RCPT, 554, MESSAGE",
    "DATA, 451, transient",
    "DATA, 554, MESSAGE",
    "., 450, transient",
    "., 452, transient",
    "., 550, MESSAGE",
    "., 552, MESSAGE",
    "., 554, MESSAGE"
  })
  void the_reply_says_what_follows(String command, int code, String expected) throws Exception {
    try (FakeSmtp server = new FakeSmtp(Map.of(command, code + " 4.2.1 No, not " + PASSWORD))) {
      DeliveryOutcome outcome = send(SmtpMail.of(server.url(LOGIN), FROM));

      String kind = outcome instanceof Permanent p ? p.fault().name() : "transient";
      assertThat(outcome).isNotInstanceOf(Sent.class);
      assertThat(outcome instanceof Transient || outcome instanceof Permanent).isTrue();
      assertThat(kind).isEqualTo(expected);
      assertThat(outcome.toString())
          .contains("SMTP returned " + code + ": ")
          .doesNotContain(PASSWORD);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "."})
  void a_server_that_hangs_up_is_tried_again(String command) {
    try (FakeSmtp server = new FakeSmtp(Map.of(command, ""))) {
      assertThatThrownBy(() -> send(SmtpMail.of(server.url(LOGIN), FROM)))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("no reply from 127.0.0.1:")
          .hasMessageNotContaining(PASSWORD);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "EHLO", "RCPT", "."})
  void a_server_that_says_nothing_holds_nobody_up(String command) {
    try (FakeSmtp server = new FakeSmtp(Map.of(command, FakeSmtp.HANG))) {
      SmtpMail mail = SmtpMail.of(server.url(LOGIN), FROM);
      assertThatThrownBy(() -> send(mail, Duration.ofMillis(300))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_server_that_is_not_there_is_tried_again() {
    FakeSmtp server = new FakeSmtp(Map.of());
    SmtpMail mail = SmtpMail.of(server.url(""), FROM);
    server.close();
    assertThatThrownBy(() -> send(mail)).isInstanceOf(IOException.class);
  }

  @Test
  void without_a_login_there_is_none_and_a_failed_farewell_is_no_failure() throws Exception {
    try (FakeSmtp server = new FakeSmtp(Map.of("QUIT", ""))) {
      assertThat(send(SmtpMail.of(server.url(""), FROM))).isInstanceOf(Sent.class);
      assertThat(server.commands)
          .contains("MAIL FROM:<alerts@example.com>", "RCPT TO:<ops@example.com>")
          .noneMatch(command -> command.startsWith("AUTH"));
      assertThat(server.mail).contains("Auto-Submitted: auto-generated");
    }
  }

  @Test
  void where_starttls_is_required_and_not_offered_nothing_is_said() throws Exception {
    try (FakeSmtp server = new FakeSmtp(Map.of())) {
      String url = notLoopback(server);
      DeliveryOutcome outcome = send(SmtpMail.of(url, FROM));

      assertThat(outcome)
          .isInstanceOfSatisfying(
              Permanent.class, refused -> assertThat(refused.fault()).isEqualTo(Fault.CHANNEL));
      assertThat(outcome.toString()).contains("STARTTLS");
      assertThat(server.commands).noneMatch(command -> command.startsWith("AUTH"));
      assertThat(send(SmtpMail.of(url, FROM).withoutTls())).isInstanceOf(Sent.class);
    }
  }

  @Test
  void where_starttls_is_offered_all_is_said_over_tls(@TempDir Path folder) throws Exception {
    SSLContext context = Certificate.of("ip:127.0.0.1", folder);
    try (FakeSmtp server = new FakeSmtp(Map.of(), context)) {
      SmtpMail mail = SmtpMail.of(notLoopback(server), FROM).trusting(context);

      assertThat(send(mail)).isInstanceOf(Sent.class);

      assertThat(server.commands).hasSize(2).last().isEqualTo("STARTTLS");
      assertThat(server.commands.get(0)).startsWith("EHLO ");
      assertThat(server.overTls.get(0)).startsWith("EHLO ");
      assertThat(server.overTls)
          .contains("MAIL FROM:<alerts@example.com>", "RCPT TO:<ops@example.com>")
          .anyMatch(command -> command.startsWith("AUTH PLAIN"));
      assertThat(server.mail).contains("Auto-Submitted: auto-generated");
    }
  }

  @Test
  void an_upgrade_to_a_certificate_nobody_vouches_for_ends_before_the_login(@TempDir Path folder)
      throws Exception {
    SSLContext right = Certificate.of("ip:127.0.0.1", folder);
    SSLContext wrong = Certificate.of("dns:mail.example.com", folder);
    try (FakeSmtp unknown = new FakeSmtp(Map.of(), right);
        FakeSmtp other = new FakeSmtp(Map.of(), wrong)) {
      assertIsUntrusted(send(SmtpMail.of(notLoopback(unknown), FROM)));
      assertIsUntrusted(send(SmtpMail.of(notLoopback(other), FROM).trusting(wrong)));

      assertThat(unknown.commands).hasSize(2).last().isEqualTo("STARTTLS");
      assertThat(unknown.overTls).isEmpty();
      assertThat(other.overTls).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"454, transient", "502, CHANNEL"})
  void an_upgrade_that_is_refused_leaves_nothing_said_in_the_open(
      int code, String expected, @TempDir Path folder) throws Exception {
    SSLContext context = Certificate.of("ip:127.0.0.1", folder);
    Map<String, String> refusing = Map.of("STARTTLS", code + " not now");
    try (FakeSmtp server = new FakeSmtp(refusing, context)) {
      DeliveryOutcome outcome = send(SmtpMail.of(notLoopback(server), FROM).trusting(context));

      assertThat(outcome instanceof Permanent p ? p.fault().name() : "transient")
          .isEqualTo(expected);
      assertThat(outcome.toString()).contains("SMTP returned " + code);
      assertThat(server.commands).noneMatch(command -> command.startsWith("AUTH"));
      assertThat(server.mail).isEmpty();
    }
  }

  @Test
  void what_is_put_in_before_the_upgrade_is_not_taken_for_a_reply_after_it(@TempDir Path folder)
      throws Exception {
    SSLContext context = Certificate.of("ip:127.0.0.1", folder);
    Map<String, String> injecting = Map.of("STARTTLS", "220 go on\r\n250-evil\r\n250 AUTH LOGIN");
    try (FakeSmtp server = new FakeSmtp(injecting, context)) {
      SmtpMail mail = SmtpMail.of(notLoopback(server), FROM).trusting(context);
      assertThat(send(mail)).isInstanceOf(Sent.class);
      assertThat(server.overTls).anyMatch(command -> command.startsWith("AUTH PLAIN"));
    }
  }

  private static void assertIsUntrusted(DeliveryOutcome outcome) {
    assertThat(outcome.toString())
        .startsWith("Permanent")
        .contains("a certificate for [0:0:0:0:0:ffff:127.0.0.1]")
        .endsWith("fault=CHANNEL]");
  }

  /** By a name of this machine that is not known to be one of it. */
  private static String notLoopback(FakeSmtp server) {
    return server.url(LOGIN).replace("127.0.0.1", "[0:0:0:0:0:ffff:127.0.0.1]");
  }

  @Test
  void what_another_kind_has_rendered_is_refused() throws Exception {
    SmtpProvider provider = new SmtpProvider(SmtpMail.of("smtp://localhost", FROM));
    assertThat(
            provider.send(
                OPS,
                new Rendering("application/json", "{\"event\":1}"),
                TestMessages.STAMP,
                TIMEOUT))
        .isInstanceOfSatisfying(
            Permanent.class, refused -> assertThat(refused.fault()).isEqualTo(Fault.MESSAGE));
  }

  private static DeliveryOutcome send(SmtpMail mail) throws IOException, InterruptedException {
    return send(mail, TIMEOUT);
  }

  private static DeliveryOutcome send(SmtpMail mail, Duration timeout)
      throws IOException, InterruptedException {
    SmtpProvider provider = new SmtpProvider(mail);
    Rendering rendering = provider.render(OPS, TestMessages.failed());
    assertThat(rendering.body()).doesNotContain(PASSWORD);
    return provider.send(OPS, rendering, TestMessages.STAMP, timeout);
  }

  private static GreenMail greenMail(String protocol) {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol));
    server.setUser("alerts@example.com", "alerts", PASSWORD);
    server.getManagers().getUserManager().setAuthRequired(true);
    server.start();
    return server;
  }
}
