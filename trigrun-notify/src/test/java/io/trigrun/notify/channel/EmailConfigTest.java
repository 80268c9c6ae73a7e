package io.trigrun.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.ValidationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("N3: the settings of an e-mail channel")
class EmailConfigTest {

  private static final String LABEL = "a".repeat(60) + ".";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ops@example.com",
        "o@e.io",
        "first.last+tag@mail.example.co.uk",
        "o'neil_{x}@xn--bcher-kva.example",
        "a!#$%&*+/=?^`|~-b@1.example.com"
      })
  void addresses_are_taken(String email) {
    assertThat(EmailConfig.of(EmailChannel.of("team", email).settings()).email()).isEqualTo(email);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "ops",
        "ops@",
        "@example.com",
        "ops@example",
        "ops@@example.com",
        "a@b@example.com",
        ".ops@example.com",
        "ops.@example.com",
        "o..ps@example.com",
        "ops@-example.com",
        "ops@example-.com",
        "ops@example..com",
        "ops@example.com.",
        "ops@127.0.0.1",
        "ops@[127.0.0.1]",
        "\"ops\"@example.com",
        "Ops <ops@example.com>",
        "ops@example.com,dev@example.com",
        "ops@example.com;dev@example.com",
        "ops@example.com dev@example.com",
        "ops@example.com ",
        " ops@example.com",
        "ops@example.com\n",
        "ops@example.com\r\nBcc: all@example.com",
        "ops\u0000@example.com",
        "öps@example.com",
        "ops@exämple.com"
      })
  void what_is_not_one_plain_address_is_refused(String email) {
    assertThatThrownBy(() -> EmailConfig.of(EmailChannel.of("team", email).settings()))
        .isInstanceOfSatisfying(
            ValidationException.class,
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .satisfies(
                        p -> {
                          assertThat(p.field()).isEqualTo("config.email");
                          assertThat(p.expected()).startsWith("one address such as");
                          assertThat(p.message().chars()).noneMatch(Character::isISOControl);
                        }));
  }

  @Test
  void the_longest_address_has_254_characters_and_64_before_the_at_sign() {
    String rest = LABEL.repeat(3) + "example";
    String most = "x".repeat(63) + "@" + rest; // 254
    assertThat(most).hasSize(254);
    assertThat(EmailAddress.isAddress(most)).isTrue();
    assertThat(EmailAddress.isAddress("x".repeat(63) + "@" + rest + "s")).isFalse();
    assertThat(EmailAddress.isAddress("x".repeat(64) + "@example.com")).isTrue();
    assertThat(EmailAddress.isAddress("x".repeat(65) + "@example.com")).isFalse();
    assertThat(EmailAddress.isAddress("x".repeat(100_000))).isFalse();
  }

  @Test
  void all_mistakes_are_told_at_once() {
    Settings settings = Settings.empty().with("email", "nope").with("include_output", "yes");
    assertThatThrownBy(() -> EmailConfig.of(settings))
        .isInstanceOfSatisfying(
            ValidationException.class,
            e ->
                assertThat(e.problems())
                    .extracting(p -> p.field())
                    .containsExactly("config.email", "config.include_output"));
    assertThatThrownBy(() -> EmailConfig.of(Settings.empty().with("email", true)))
        .hasMessageStartingWith("config.email: expected a text, got Boolean");
  }

  @Test
  void a_sender_may_have_a_name() {
    assertThat(EmailAddress.parse("a@example.com"))
        .isEqualTo(new EmailAddress("", "a@example.com"))
        .hasToString("a@example.com");
    assertThat(EmailAddress.parse("Alerts <a@example.com>"))
        .isEqualTo(new EmailAddress("Alerts", "a@example.com"))
        .hasToString("Alerts <a@example.com>");
    EmailAddress quoted = EmailAddress.parse("\"Ops, \\\"night\\\"\" <a@example.com>");
    assertThat(quoted.name()).isEqualTo("Ops, \"night\"");
    assertThat(EmailAddress.parse(quoted.toString())).isEqualTo(quoted);
    assertThat(EmailAddress.parse("Zürich <a@example.com>"))
        .hasToString("\"Zürich\" <a@example.com>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nope",
        "A <nope>",
        "A <a@example.com> B",
        "A\r\nBcc: b@example.com <a@example.com>",
        "A\u202e <a@example.com>",
        "<a@example.com",
        "a@example.com\r\nBcc: b@example.com"
      })
  void a_sender_that_is_none_is_refused(String from) {
    assertThatThrownBy(() -> ResendMail.of("re_key", from))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("from: expected an address");
  }
}
