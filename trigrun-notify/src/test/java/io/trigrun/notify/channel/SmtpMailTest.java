package io.trigrun.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.notify.channel.SmtpMail.Login;
import io.trigrun.notify.channel.SmtpMail.Protection;
import io.trigrun.validation.ValidationException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("N3: what the host says about its mail server")
class SmtpMailTest {

  private static final String FROM = "alerts@example.com";

  @ParameterizedTest
  @CsvSource({
    "smtps://mail.example.com, mail.example.com, 465, TLS",
    "smtps://mail.example.com:2465/, mail.example.com, 2465, TLS",
    "SMTP://Mail.Example.com, mail.example.com, 587, STARTTLS",
    "smtp://10.0.0.1:25, 10.0.0.1, 25, STARTTLS",
    "smtp://localhost.example.com, localhost.example.com, 587, STARTTLS",
    "smtp://localhost:1025, localhost, 1025, NONE",
    "smtp://127.0.0.1, 127.0.0.1, 587, NONE",
    "smtp://[::1]:25, [::1], 25, NONE",
    "smtps://localhost, localhost, 465, TLS"
  })
  void the_url_says_where_and_how(String url, String host, int port, Protection protection) {
    SmtpMail mail = SmtpMail.of(url, FROM);
    assertThat(mail.host()).isEqualTo(host);
    assertThat(mail.port()).isEqualTo(port);
    assertThat(mail.protection()).isEqualTo(protection);
    assertThat(mail.login()).isEmpty();
  }

  @Test
  void user_and_password_are_percent_decoded_and_never_shown() {
    SmtpMail mail = SmtpMail.of("smtps://a%40b.c:p%3Aa+s%2Fs:w%C3%B6rd@mail.example.com", FROM);
    assertThat(mail.login()).contains(new Login("a@b.c", "p:a+s/s:wörd"));
    assertThat(mail).hasToString("SmtpMail[mail.example.com:465]");
    assertThat(mail.login().toString()).doesNotContain("p:a").doesNotContain("a@b.c");
  }

  @Test
  void tls_can_be_turned_off_where_it_was_not_asked_for() {
    assertThat(SmtpMail.of("smtp://10.0.0.1", FROM).withoutTls().protection())
        .isEqualTo(Protection.NONE);
    assertThatThrownBy(() -> SmtpMail.of("smtps://10.0.0.1", FROM).withoutTls())
        .hasMessage("smtp_url: expected smtp, got smtps");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mail.example.com",
        "//mail.example.com",
        "https://u:s3cret@mail.example.com",
        "smtp:u:s3cret@mail.example.com",
        "smtp://",
        "smtp://u:s3cret@",
        "smtp://u:s3cret@mail.example.com:0",
        "smtp://u:s3cret@mail.example.com:70000",
        "smtp://u:s3cret@mail.example.com/path",
        "smtp://u:s3cret@mail.example.com?tls=no",
        "smtp://u:s3cret@mail.example.com#x",
        "smtp://s3cret@mail.example.com",
        "smtp://u:@mail.example.com",
        "smtp://:s3cret@mail.example.com",
        "smtp://u:s3cret%0D%0AQUIT@mail.example.com",
        "smtp://u:s3cret%zz@mail.example.com",
        "smtp://u:s3 cret@mail.example.com",
        "smtp://u:s3cret@mail.exa mple.com"
      })
  void a_url_that_is_none_is_refused_without_being_shown(String url) {
    assertThatThrownBy(() -> SmtpMail.of(url, FROM))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("smtp_url: expected smtps://user:password@host:port")
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
  }

  @Test
  void without_angus_mail_the_error_says_what_to_add() throws Exception {
    URL[] others =
        Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
            .filter(path -> !path.contains("angus") && !path.contains("jakarta.mail"))
            .map(SmtpMailTest::url)
            .toArray(URL[]::new);
    try (URLClassLoader loader = new URLClassLoader(others, ClassLoader.getPlatformClassLoader())) {
      Class<?> channels = loader.loadClass("io.trigrun.notify.Notifications");
      assertThat(channels.getMethod("create").invoke(null)).isNotNull();
      var of =
          loader.loadClass(SmtpMail.class.getName()).getMethod("of", String.class, String.class);
      assertThatThrownBy(() -> of.invoke(null, "smtp://localhost", FROM))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("org.eclipse.angus:angus-mail");
    }
  }

  private static URL url(String path) {
    try {
      return java.nio.file.Path.of(path).toUri().toURL();
    } catch (java.net.MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
