package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.notify.channel.BuiltInProviders;
import io.trigrun.notify.channel.DiscordChannel;
import io.trigrun.notify.channel.SlackChannel;
import io.trigrun.notify.channel.TeamsChannel;
import io.trigrun.notify.channel.TelegramChannel;
import io.trigrun.notify.provider.ChannelSpec;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.MessageTemplate;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Tone;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A template comes before the escaping of each kind of channel, so that it can't get around it. */
@DisplayName("N19, N21: templates in chats")
class TemplatesInChatsTest {

  static Stream<ChannelSpec> chats() {
    return Stream.of(
        SlackChannel.of("s", "https://hooks.slack.com/services/T00/B00/xxx"),
        DiscordChannel.of("d", "https://discord.com/api/webhooks/123/abc"),
        TelegramChannel.of("t", "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11", "-100123"),
        TeamsChannel.of("m", "https://prod-1.westus.logic.azure.com/workflows/abc?sig=x"));
  }

  @ParameterizedTest
  @MethodSource("chats")
  void are_rendered_as_the_same_words_of_the_library_would_be(ChannelSpec chat) {
    String nasty = "<!channel> @everyone <b>[x](https://evil.example)</b> \u202E";
    Message message = TestMessages.succeeded(nasty);
    MessageTemplate template =
        MessageTemplate.builder()
            .title("@here " + nasty + "{{job.name}}")
            .text("> {{job.name}}\n{{text}}")
            .payload("{\"text\":\"{{job.name}}\"}") // stored by hand: it could not be saved
            .build();
    Sender sender =
        BuiltInProviders.all().stream()
            .filter(provider -> provider.spec().type().equals(chat.type()))
            .map(provider -> Sender.of(provider, chat.settings(), template))
            .findFirst()
            .orElseThrow();

    Message same =
        new Message(
            message.event(),
            message.at(),
            message.subject(),
            Notice.of("@here " + nasty + nasty.strip(), Tone.GOOD).withText("> " + nasty + "\n"));
    assertThat(sender.render(message)).isEqualTo(sender.plain(same));
    assertThat(sender.render(message, Optional.of(MessageTemplate.builder().title("x").build())))
        .isEqualTo(
            sender.plain(
                new Message(
                    message.event(),
                    message.at(),
                    message.subject(),
                    Notice.of("x", Tone.GOOD).withText("> " + nasty + "\n"))));
  }
}
