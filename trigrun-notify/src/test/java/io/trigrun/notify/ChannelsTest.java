package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.ConflictException;
import io.trigrun.LimitExceededException;
import io.trigrun.NotFoundException;
import io.trigrun.notify.provider.ChannelSpec;
import io.trigrun.notify.provider.Settings;
import io.trigrun.secret.SecretUnavailableException;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.validation.ValidationException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnMemoryAndH2
@DisplayName("N2: webhook channels are saved, found, changed and deleted")
class ChannelsTest {

  private static final String URL = "https://ops.example.com/hook";

  private final TestHost host;
  private final Notifications notifications = Notifications.create();

  ChannelsTest(TestStore store) {
    host = new TestHost(store);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @BeforeEach
  void join() {
    var unused = notifications.join(host);
  }

  @Test
  void a_created_channel_is_found_by_id_and_name() {
    Channel created =
        notifications.channels().create(Channels.webhook("ops", URL).signingSecret("whsec_abc"));

    assertThat(created.type()).isEqualTo("webhook");
    assertThat(created.config().text("url")).contains(URL);
    assertThat(created.secretHints()).containsExactly(Map.entry("signing_secret", "…"));
    assertThat(created.config().names()).doesNotContain("signing_secret");
    assertThat(notifications.channels().find(created.id())).contains(created);
    assertThat(notifications.channels().findByName("ops")).contains(created);
    assertThat(notifications.channels().list()).containsExactly(created);
  }

  @Test
  void workspaces_do_not_see_each_other() {
    Channel ours = notifications.channels().create(Channels.webhook("ops", URL));
    Channels theirs = notifications.channels("acme");

    assertThat(theirs.find(ours.id())).isEmpty();
    assertThat(theirs.findByName("ops")).isEmpty();
    assertThat(theirs.list()).isEmpty();
    assertThatThrownBy(() -> theirs.delete(ours.id())).isInstanceOf(NotFoundException.class);
    assertThat(theirs.create(Channels.webhook("ops", URL)).workspace()).isEqualTo("acme");
  }

  @Test
  void two_channels_may_not_share_a_name() {
    notifications.channels().create(Channels.webhook("ops", URL));
    assertThatThrownBy(() -> notifications.channels().create(Channels.webhook("ops", URL)))
        .isInstanceOf(ConflictException.class)
        .hasMessage("expected a name that no other channel has, got ops");
  }

  @Test
  void the_26th_channel_is_refused() {
    for (int i = 0; i < 25; i++) {
      notifications.channels().create(Channels.webhook("ops-" + i, URL));
    }
    assertThatThrownBy(() -> notifications.channels().create(Channels.webhook("one-more", URL)))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageStartingWith("channels: expected at most 25 in workspace default");
    assertThat(notifications.channels().findByName("one-more")).isEmpty();
  }

  @Test
  void what_is_wrong_is_refused_and_nothing_is_stored() {
    assertThatThrownBy(
            () ->
                notifications
                    .channels()
                    .create(Channels.webhook("ops", "file:///etc/passwd").signingSecret("")))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("config.url: expected")
        .hasMessageContaining("config.signing_secret: expected");
    assertThatThrownBy(() -> notifications.channels().create(Channels.webhook(" ", URL)))
        .hasMessageStartingWith("name: expected 1 to 100 characters");
    assertThat(
            host.store
                .listDefinitions(DefinitionQuery.of("default", "notification_channel"))
                .items())
        .isEmpty();
  }

  @Test
  void unknown_types_and_settings_are_refused() {
    assertThatThrownBy(
            () ->
                notifications.channels().create(spec("pigeon", Settings.empty().with("url", URL))))
        .hasMessageStartingWith("type: expected one of [webhook, ")
        .hasMessageEndingWith("], got pigeon");
    assertThatThrownBy(
            () ->
                notifications
                    .channels()
                    .create(spec("webhook", Settings.empty().with("webhook_url", URL))))
        .hasMessageContaining("config.url: expected a value, got none")
        .hasMessageContaining("config.webhook_url: expected one of the settings of webhook");
  }

  @Test
  void an_update_replaces_everything_but_secrets_that_are_not_given() {
    Channel old =
        notifications
            .channels()
            .create(
                Channels.webhook("ops", URL)
                    .signingSecret("whsec_abcdefghijkl")
                    .includeOutput(true));
    Channel changed = notifications.channels().update(old.id(), Channels.webhook("ops2", URL));

    assertThat(changed.id()).isEqualTo(old.id());
    assertThat(changed.version()).isEqualTo(2);
    assertThat(changed.config().flag("include_output")).isFalse();
    assertThat(changed.secretHints()).containsExactly(Map.entry("signing_secret", "…ijkl"));
    assertThat(notifications.channels().find(old.id())).contains(changed);
    assertThatThrownBy(
            () -> notifications.channels().update(UUID.randomUUID(), Channels.webhook("x", URL)))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void an_empty_text_takes_a_secret_away() {
    Channel old =
        notifications.channels().create(Channels.webhook("ops", URL).signingSecret("whsec_abc"));

    assertThat(
            notifications
                .channels()
                .update(old.id(), Channels.webhook("ops", URL).signingSecret(""))
                .secretHints())
        .isEmpty();
  }

  @Test
  void a_channel_that_would_lead_elsewhere_needs_its_secrets_again() {
    Channel old =
        notifications.channels().create(Channels.webhook("ops", URL).signingSecret("whsec_abc"));

    assertThatThrownBy(
            () -> notifications.channels().update(old.id(), Channels.webhook("ops", URL + "/2")))
        .isInstanceOf(ValidationException.class)
        .hasMessage(
            "config.signing_secret: expected its value again,"
                + " got none, while the channel leads elsewhere");
    assertThat(notifications.channels().find(old.id())).contains(old);
    assertThat(
            notifications
                .channels()
                .update(old.id(), Channels.webhook("ops", URL + "/2").signingSecret("whsec_new"))
                .config()
                .text("url"))
        .contains(URL + "/2");
  }

  @Test
  void saving_what_is_there_writes_nothing() {
    var spec = Channels.webhook("ops", URL).signingSecret("whsec_abc").includeOutput(true);
    Channel first = notifications.channels().save(spec);

    assertThat(notifications.channels().save(spec)).isEqualTo(first);
    assertThat(notifications.channels().save(Channels.webhook("ops", URL).includeOutput(true)))
        .as("a secret that is not given stays")
        .isEqualTo(first);
    assertThat(notifications.channels().save(spec.signingSecret("whsec_xyz")).version())
        .isEqualTo(2);
  }

  @Test
  void an_older_spelling_is_understood() {
    Settings old = Settings.empty().with("url", URL).with("secret", "whsec_abc");

    assertThat(notifications.channels().create(spec("webhook", old)).secretHints())
        .containsOnlyKeys("signing_secret");
    assertThatThrownBy(
            () ->
                notifications
                    .channels()
                    .create(spec("webhook", old.with("signing_secret", "whsec_abc"))))
        .hasMessageContaining("config.secret: expected one of the settings of webhook");
  }

  @Test
  void what_is_stored_shows_no_secret_and_fits_no_other_channel() {
    Channel ops =
        notifications
            .channels()
            .create(Channels.webhook("ops", URL).signingSecret("whsec_do_not_show"));
    Definition stored = host.store.findDefinitions(List.of(ops.id())).get(0);

    assertThat(stored.document()).doesNotContain("whsec_do_not_show").contains("ciphertext");
    ChannelVault vault = new ChannelVault(host.secrets());
    ChannelDocument document = ChannelDocument.read(stored.document());
    assertThat(vault.open(stored, document).text("signing_secret")).contains("whsec_do_not_show");
    Definition other =
        ChannelDefinition.created(
            UUID.randomUUID(), "default", "other", stored.document(), Set.of(), TestHost.NOW);
    assertThatThrownBy(() -> vault.open(other, document))
        .isInstanceOf(SecretUnavailableException.class);
  }

  @Test
  void deleting_a_channel_deletes_its_rules_with_it() {
    Channel ops = notifications.channels().create(Channels.webhook("ops", URL));
    Channel dev = notifications.channels().create(Channels.webhook("dev", URL));
    UUID job = host.job("nightly");
    for (NotificationEvent event :
        List.of(NotificationEvent.ON_SUCCESS, NotificationEvent.ON_FAILURE)) {
      notifications.rules().add(job, ops.id(), event);
    }
    Rule kept = notifications.rules().add(job, dev.id(), NotificationEvent.ON_FAILURE);

    notifications.channels().delete(ops.id());

    assertThat(notifications.channels().list()).containsExactly(dev);
    assertThat(notifications.rules().list(job)).containsExactly(kept);
  }

  @Test
  void before_they_belong_to_a_trigrun_nothing_works_and_the_message_says_why() {
    assertThatThrownBy(() -> Notifications.create().channels())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TrigRun.builder().extension(notifications).build()");
    assertThatThrownBy(() -> notifications.join(host))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Notifications.create()");
  }

  private static ChannelSpec spec(String type, Settings settings) {
    return ChannelSpec.of("x", type, settings);
  }

  @Test
  void half_a_character_is_refused_in_name_and_url_by_every_store() {
    Channels channels = notifications.channels();

    assertThatThrownBy(() -> channels.save(Channels.webhook("ops\uD800", URL)))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("name: expected ");
    assertThatThrownBy(() -> channels.create(Channels.webhook("ops", URL + "/\uD800")))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("config.url: expected ");
    assertThat(channels.findByName("ops\uD800")).isEmpty();
    assertThat(channels.findByName("ops\u0000")).isEmpty();
    assertThat(channels.list()).isEmpty();
  }

  @Test
  void a_header_that_is_not_given_again_goes_with_its_value_and_one_that_is_keeps_it() {
    Channels channels = notifications.channels();
    channels.save(Channels.webhook("ops", URL).header("Authorization", "Bearer 1234567890abcdef"));

    Channel renamed =
        channels.save(
            ChannelSpec.of(
                "ops", "webhook", Settings.empty().with("url", URL).with("header_name", "X-Key")));
    assertThat(renamed.secretHints()).containsOnlyKeys("header_value");

    Channel without = channels.save(Channels.webhook("ops", URL));
    assertThat(without.secretHints()).isEmpty();
    assertThat(without.config().names()).containsExactly("url");
  }
}
