package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.notify.channel.BuiltInProviders;
import io.trigrun.notify.channel.ResendMail;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.ApprovalSubject;
import io.trigrun.notify.provider.ChannelProvider;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Settings;
import io.trigrun.spi.MessageOutlet.ApprovalRequest;
import io.trigrun.spi.MessageOutlet.Reviewer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("W6: what an approval looks like")
class ApprovalMessagesTest {

  private static Message of(
      String title, String text, Map<String, String> fields, Reviewer... reviewers) {
    ApprovalRequest request =
        new ApprovalRequest(
            "id",
            TestMessages.RUN,
            Optional.empty(),
            "default",
            "review",
            title,
            text,
            fields,
            List.of(reviewers),
            TestMessages.AT,
            TestMessages.AT.plusSeconds(60));
    return ApprovalMessages.of(request, request.reviewUrls().stream().findFirst());
  }

  @Test
  void a_title_that_is_blank_is_that_of_the_step_and_without_link_there_is_none() {
    Message message = of(" ", "", Map.of());
    assertThat(message.notice().title()).isEqualTo("Approval needed: review");
    assertThat(message.notice().text()).isEmpty();
    assertThat(message.notice().link()).isEmpty();
    assertThat(of("x", "", Map.of(), new Reviewer(Optional.empty(), "no url \\")).notice().link())
        .isEmpty();
  }

  @Test
  void whatever_a_run_writes_keeps_within_what_a_notice_holds() {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < 60; i++) {
      fields.put("\u0000field\n" + i, "\uD800" + "y".repeat(10_000));
    }
    Message message = of("a\nb\uD800" + "x".repeat(1_000), "z".repeat(100_000), fields);

    assertThat(message.notice().title()).hasSize(250).startsWith("Approval needed: a b\uFFFDxx");
    assertThat(message.notice().text().orElseThrow()).hasSize(4_096).endsWith("…");
    assertThat(message.notice().facts())
        .hasSize(20)
        .allSatisfy(
            fact -> {
              assertThat(fact.value()).hasSizeLessThanOrEqualTo(1_000);
              assertThat(fact.name()).hasSizeLessThanOrEqualTo(100).doesNotContain("\n", "\u0000");
            });
    assertThat(message.notice().facts().get(18).value()).isEqualTo("33 fields left out");
    assertThat(((ApprovalSubject) message.subject()).fields()).hasSize(50);
  }

  static Stream<Arguments> kinds() {
    String path = "/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX";
    Settings slack = Settings.empty().with("webhook_url", "https://hooks.slack.com" + path);
    Settings discord =
        Settings.empty()
            .with(
                "webhook_url",
                "https://discord.com/api/webhooks/123456789012345678/" + "t".repeat(68));
    Settings telegram =
        Settings.empty()
            .with("bot_token", "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11")
            .with("chat_id", "-1001234567890");
    Settings teams =
        Settings.empty()
            .with(
                "webhook_url", "https://prod-1.westus.logic.azure.com/workflows/x?sig=0123456789");
    Settings webhook = Settings.empty().with("url", "https://ops.example.com/hook");
    return Stream.of(
        Arguments.of("slack", slack),
        Arguments.of("slack", slack.with("format", "plain")),
        Arguments.of("discord", discord),
        Arguments.of("discord", discord.with("format", "plain")),
        Arguments.of("telegram", telegram),
        Arguments.of("teams", teams),
        Arguments.of("email", Settings.empty().with("email", "ops@example.com")),
        Arguments.of("webhook", webhook),
        Arguments.of("webhook", webhook.with("format", "cheek")));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void every_kind_of_channel_shows_what_is_asked_and_the_link_as_it_is(
      String type, Settings settings) {
    List<ChannelProvider<?>> providers = new ArrayList<>(BuiltInProviders.all());
    providers.add(BuiltInProviders.email(ResendMail.of("re_123456789", "alerts@example.com")));
    ChannelProvider<?> provider =
        providers.stream()
            .filter(each -> each.spec().type().equals(type))
            .findFirst()
            .orElseThrow();

    String body = Sender.of(provider, settings).plain(TestMessages.approval()).body();
    assertThat(JsonText.read(body).toString())
        .contains("Refund order 4711?")
        .contains(TestMessages.REVIEW_URL);
    String said = Sender.of(provider, settings).plain(TestMessages.note()).body();
    assertThat(said).contains("Refunds are done");
  }
}
