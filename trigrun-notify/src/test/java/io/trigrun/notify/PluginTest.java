package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.notify.channel.ResendMail;
import io.trigrun.notify.provider.ChannelProvider;
import io.trigrun.notify.provider.ChannelSpec;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.DirectChannelProvider;
import io.trigrun.notify.provider.HttpChannelProvider;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.OutboundRequest;
import io.trigrun.notify.provider.ProviderSpec;
import io.trigrun.notify.provider.ProviderSpec.Field;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.notify.provider.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("N18: providers of others")
class PluginTest {

  @TempDir Path services;

  @Test
  void a_provider_given_to_the_builder_is_a_kind_of_channel() {
    try (Scenario scenario =
        new Scenario(
            TestStore.MEMORY.open(),
            Notifications.builder().provider(new Pager("pager")).build(),
            b -> b)) {
      Channel channel = scenario.notifications.channels().create(pager());
      assertThat(channel.type()).isEqualTo("pager");
    }
  }

  @Test
  void two_of_a_type_fail_at_once_and_both_are_named() {
    assertThatThrownBy(
            () ->
                Notifications.builder()
                    .provider(new Pager("pager"))
                    .provider(new OtherPager())
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two for pager, ")
        .hasMessageContaining(Pager.class.getName() + " and " + OtherPager.class.getName());
    assertThatThrownBy(() -> Notifications.builder().provider(new Pager("webhook")).build())
        .hasMessageContaining("two for webhook, io.trigrun.notify.channel.WebhookProvider and ");
    Notifications.Builder twoMails =
        Notifications.builder()
            .email(ResendMail.of("re_1", "a@example.com"))
            .email(ResendMail.of("re_2", "a@example.com"));
    assertThatThrownBy(twoMails::build).hasMessageContaining("two for email, ");
  }

  @Test
  void email_may_be_a_providers_own() {
    assertThat(Notifications.builder().provider(new Pager("email")).build()).isNotNull();
  }

  @Test
  void a_type_that_is_none_is_refused() {
    for (String type : List.of("", "Pager", "a b", "9", "x".repeat(51))) {
      assertThatThrownBy(() -> Notifications.builder().provider(new Pager(type)).build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(Pager.class.getName());
    }
  }

  @Test
  void a_provider_that_is_declared_as_a_service_is_found_unless_told_otherwise()
      throws IOException {
    declare(OtherPager.class);
    assertThat(withServices(() -> creates(Notifications.builder()))).isTrue();
    assertThat(withServices(() -> creates(Notifications.builder().discoverProviders(false))))
        .isFalse();
    assertThat(creates(Notifications.builder())).isFalse();
  }

  @Test
  void one_found_and_one_given_are_two() throws IOException {
    declare(OtherPager.class);
    assertThatThrownBy(
            () -> withServices(() -> Notifications.builder().provider(new Pager("pager")).build()))
        .hasMessageContaining(Pager.class.getName() + " and " + OtherPager.class.getName())
        .hasMessageContaining("discoverProviders(false)");
  }

  @Test
  void secrets_of_what_is_reached_without_http_stay_at_home_too() {
    try (Scenario scenario =
        new Scenario(
            TestStore.MEMORY.open(),
            Notifications.builder().provider(new Broker()).build(),
            b -> b)) {
      Channels channels = scenario.notifications.channels();
      Settings settings = Settings.empty().with("server", "mq1").with("topic", "a");
      Channel created =
          channels.create(
              ChannelSpec.of("mq", "broker", settings.with("password", "correct horse")));

      assertThat(
              channels
                  .update(created.id(), ChannelSpec.of("mq", "broker", settings.with("topic", "b")))
                  .secretHints())
          .containsOnlyKeys("password");
      assertThatThrownBy(
              () ->
                  channels.update(
                      created.id(), ChannelSpec.of("mq", "broker", settings.with("server", "mq2"))))
          .hasMessageStartingWith("config.password: expected its value again");
    }
  }

  private void declare(Class<? extends ChannelProvider<?>> provider) throws IOException {
    Path folder = Files.createDirectories(services.resolve("META-INF/services"));
    Files.writeString(folder.resolve(ChannelProvider.class.getName()), provider.getName());
  }

  private <T> T withServices(Supplier<T> action) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {services.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      return action.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static boolean creates(Notifications.Builder builder) {
    Notifications notifications = builder.build();
    try (Scenario scenario = new Scenario(TestStore.MEMORY.open(), notifications, b -> b)) {
      scenario.notifications.channels().create(pager());
      return true;
    } catch (io.trigrun.validation.ValidationException e) {
      assertThat(e).hasMessageStartingWith("type: expected one of [webhook, ");
      return false;
    }
  }

  private static ChannelSpec pager() {
    return ChannelSpec.of("on call", "pager", Settings.empty());
  }

  /** As little as a provider can be. */
  static class Pager implements HttpChannelProvider<Settings> {

    private final String type;

    Pager(String type) {
      this.type = type;
    }

    @Override
    public ProviderSpec spec() {
      return new ProviderSpec(type, List.of());
    }

    @Override
    public Settings config(Settings settings) {
      return settings;
    }

    @Override
    public Rendering render(Settings config, Message message) {
      return new Rendering("text/plain", message.notice().title());
    }

    @Override
    public OutboundRequest request(Settings config, Rendering rendering, DeliveryStamp stamp) {
      return new OutboundRequest(
          URI.create("https://pager.example.com/"), Map.of(), rendering.bytes());
    }
  }

  /** The same, found by its name. */
  public static final class OtherPager extends Pager {

    public OtherPager() {
      super("pager");
    }
  }

  /** Reached otherwise than by HTTP. */
  private static final class Broker implements DirectChannelProvider<Settings> {

    @Override
    public ProviderSpec spec() {
      return new ProviderSpec(
          "broker",
          List.of(
              Field.required("server").asDestination(),
              Field.required("topic"),
              Field.required("password").asSecret()));
    }

    @Override
    public Settings config(Settings settings) {
      return settings;
    }

    @Override
    public Rendering render(Settings config, Message message) {
      return new Rendering("text/plain", message.notice().title());
    }

    @Override
    public DeliveryOutcome send(
        Settings config, Rendering rendering, DeliveryStamp stamp, Duration timeout) {
      return new DeliveryOutcome.Sent();
    }
  }
}
