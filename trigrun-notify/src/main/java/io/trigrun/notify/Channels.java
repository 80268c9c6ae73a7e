package io.trigrun.notify;

import io.trigrun.ConflictException;
import io.trigrun.Cursor;
import io.trigrun.LimitExceededException;
import io.trigrun.NotFoundException;
import io.trigrun.Page;
import io.trigrun.StaleVersionException;
import io.trigrun.notify.channel.DiscordChannel;
import io.trigrun.notify.channel.EmailChannel;
import io.trigrun.notify.channel.SecretRotation;
import io.trigrun.notify.channel.SlackChannel;
import io.trigrun.notify.channel.TeamsChannel;
import io.trigrun.notify.channel.TelegramChannel;
import io.trigrun.notify.channel.WebhookChannel;
import io.trigrun.notify.provider.ChannelSpec;
import io.trigrun.notify.provider.MessageTemplate;
import io.trigrun.notify.provider.Settings;
import io.trigrun.signing.SigningKeys;
import io.trigrun.spi.Conflict;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.Host;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The channels of a workspace (row N1). A change is in force for every delivery attempt that starts
 * after it, on every node. Thread-safe.
 */
public final class Channels {

  private static final int TRIES = 20;

  private final Host host;
  private final Providers providers;
  private final ChannelVault vault;
  private final String workspace;

  Channels(Host host, Providers providers, String workspace) {
    this.host = host;
    this.providers = providers;
    this.vault = new ChannelVault(host.secrets());
    this.workspace = workspace;
  }

  /** What to say about a webhook; see {@link WebhookChannel#of}. */
  public static WebhookChannel webhook(String name, String url) {
    return WebhookChannel.of(name, url);
  }

  /** What to say about a channel in Slack; see {@link SlackChannel#of}. */
  public static SlackChannel slack(String name, String webhookUrl) {
    return SlackChannel.of(name, webhookUrl);
  }

  /** What to say about a channel in Discord; see {@link DiscordChannel#of}. */
  public static DiscordChannel discord(String name, String webhookUrl) {
    return DiscordChannel.of(name, webhookUrl);
  }

  /** What to say about a Telegram chat; see {@link TelegramChannel#of}. */
  public static TelegramChannel telegram(String name, String botToken, String chatId) {
    return TelegramChannel.of(name, botToken, chatId);
  }

  /** What to say about a Teams channel; see {@link TeamsChannel#of}. */
  public static TeamsChannel teams(String name, String webhookUrl) {
    return TeamsChannel.of(name, webhookUrl);
  }

  /** What to say about e-mail; see {@link EmailChannel#of}. */
  public static EmailChannel email(String name, String email) {
    return EmailChannel.of(name, email);
  }

  /**
   * Saves a new channel. Its secrets are encrypted with the host's cipher; one that is given as
   * {@code secret://name} stays with the workspace's secrets, and that one can't be deleted before
   * the channel.
   *
   * @throws io.trigrun.validation.ValidationException naming {@code name}, {@code type} or a
   *     setting such as {@code config.url}; nothing is stored then
   * @throws ConflictException if another channel has the name
   * @throws LimitExceededException if the workspace has as many channels as it may have
   * @throws io.trigrun.secret.NoCipherException if it has secrets and this node was built without a
   *     cipher
   */
  public Channel create(ChannelSpec spec) {
    ChannelDraft draft =
        ChannelDraft.of(spec, workspace, providers, vault, host.transport().egress());
    int most = host.limits(workspace).channels();
    Instant now = host.clock().instant();
    UUID id = TimeOrderedId.at(now);
    ChannelDocument document = draft.document(workspace, id, vault);
    Definition definition =
        ChannelDefinition.created(
            id, workspace, spec.name(), document.write(), references(document), now);
    WriteResult result = write(document, WriteSet.save(definition, most));
    if (result instanceof WriteResult.Refused refused) {
      if (refused.conflict().reason() == Conflict.Reason.LIMIT_REACHED) {
        throw new LimitExceededException(workspace, "channels", most);
      }
      throw refusal(spec, refused.conflict());
    }
    return ChannelDefinition.channel(definition);
  }

  /** Throws as {@link #create} for what it can't save, and saves nothing. */
  void check(ChannelSpec spec) {
    ChannelDraft unused =
        ChannelDraft.of(spec, workspace, providers, vault, host.transport().egress());
  }

  /** Throws as {@link #update(UUID, ChannelSpec)} for what it can't save, and saves nothing. */
  void check(UUID channelId, ChannelSpec spec) {
    Definition old = existing(channelId);
    requireType(old, spec);
    ChannelDraft unused = draft(old, spec);
  }

  /**
   * Replaces what is known about a channel. A secret that is not given again stays, unless the
   * channel would lead elsewhere; an empty text takes it away. Messages on their way are sent as
   * the channel says from now on.
   *
   * @throws NotFoundException if there is no such channel
   * @throws io.trigrun.validation.ValidationException as for {@link #create}, for another type, or
   *     for a secret that must be given again
   * @throws ConflictException if another channel has the name
   * @throws io.trigrun.secret.NoCipherException as for {@link #create}
   */
  public Channel update(UUID channelId, ChannelSpec spec) {
    for (int i = 0; i < TRIES; i++) {
      Definition old = existing(channelId);
      requireType(old, spec);
      Optional<Channel> updated = update(old, spec, draft(old, spec));
      if (updated.isPresent()) {
        return updated.get();
      }
    }
    throw busy(channelId);
  }

  /**
   * As {@link #update(UUID, ChannelSpec)}, of what it was when it was looked at. No effect if
   * nothing is different.
   *
   * @param version {@link Channel#version}
   * @throws StaleVersionException if it was changed since
   */
  public Channel update(UUID channelId, long version, ChannelSpec spec) {
    Definition old = existing(channelId);
    requireVersion(old, version);
    requireType(old, spec);
    ChannelDraft draft = draft(old, spec);
    return spec.name().equals(old.name()) && draft.isAs(old, vault)
        ? ChannelDefinition.channel(old)
        : update(old, spec, draft).orElseThrow(() -> stale(channelId, version));
  }

  private static void requireType(Definition old, ChannelSpec spec) {
    String type = ChannelDocument.typeOf(old);
    Problems.require(type.equals(spec.type()), "type", type + " as before", spec.type());
  }

  private ChannelDraft draft(Definition old, ChannelSpec spec) {
    return ChannelDraft.of(spec, old, providers, vault, host.transport().egress());
  }

  /** Empty if somebody else has changed it meanwhile. */
  private Optional<Channel> update(Definition old, ChannelSpec spec, ChannelDraft draft) {
    ChannelDocument document = draft.document(workspace, old.id(), vault);
    Definition definition =
        ChannelDefinition.replaced(
            old, spec.name(), document.write(), references(document), host.clock().instant());
    WriteResult result = write(document, WriteSet.save(definition));
    if (!(result instanceof WriteResult.Refused refused)) {
      return Optional.of(ChannelDefinition.channel(definition));
    }
    if (refused.conflict().reason() != Conflict.Reason.VERSION) {
      throw refusal(spec, refused.conflict());
    }
    return Optional.empty();
  }

  /**
   * As {@link #rotateSigningSecret(UUID, String, Duration)}, to a random secret and with {@link
   * SigningKeys#DEFAULT_OVERLAP}.
   *
   * @return the secret, to be told the receiver: it is not shown again
   * @throws io.trigrun.validation.ValidationException also if the secret before is an Ed25519 key
   *     pair
   */
  public String rotateSigningSecret(UUID channelId) {
    String next = SecretRotation.randomAfter(withSecret(existing(channelId)));
    Channel unused = rotateSigningSecret(channelId, next, SigningKeys.DEFAULT_OVERLAP);
    return next;
  }

  /**
   * Gives a webhook another secret to sign with (row N16); all else stays. The one before signs
   * beside it for a while, so that the receiver need not change it in the same moment. That is of
   * use where Standard Webhooks' headers are sent: {@code X-Webhook-Signature} has room for one
   * signature and is by the new secret at once.
   *
   * @param overlap how long the one before still counts: zero, if somebody has stolen it, to {@link
   *     SigningKeys#LONGEST_OVERLAP}
   * @throws NotFoundException if there is no such channel
   * @throws io.trigrun.validation.ValidationException for another overlap, for a channel that is no
   *     webhook or keeps no secret itself, and for an overlap while the last one lasts
   * @throws ConflictException if others change the channel all the time
   * @throws io.trigrun.secret.NoCipherException as for {@link #create}
   */
  public Channel rotateSigningSecret(UUID channelId, String next, Duration overlap) {
    for (int i = 0; i < TRIES; i++) {
      Definition old = existing(channelId);
      Settings settings =
          SecretRotation.rotated(withSecret(old), next, overlap, host.clock().instant());
      ChannelSpec bare = ChannelSpec.of(old.name(), ChannelDocument.typeOf(old), settings);
      Optional<MessageTemplate> words = ChannelDocument.read(old.document()).template();
      ChannelSpec spec = words.map(bare::withTemplate).orElse(bare);
      Optional<Channel> updated = update(old, spec, draft(old, spec));
      if (updated.isPresent()) {
        return updated.get();
      }
    }
    throw busy(channelId);
  }

  /** The open settings and, of the others, the secret that signs. */
  private Settings withSecret(Definition channel) {
    ChannelDocument document = ChannelDocument.read(channel.document());
    String field = SecretRotation.setting();
    KeptSecret kept = document.secrets().get(field);
    Problems.require(
        kept instanceof KeptSecret.Sealed,
        Settings.field(field),
        "a webhook that keeps its secret itself",
        kept == null ? "none" : kept.hint() + ": change what that names");
    return document.open().with(field, vault.open(channel, field, Objects.requireNonNull(kept)));
  }

  private WriteResult write(ChannelDocument document, WriteSet writes) {
    return host.secrets().write(workspace, ChannelVault.names(document), writes);
  }

  private Set<UUID> references(ChannelDocument document) {
    return host.secrets().references(workspace, ChannelVault.names(document));
  }

  /**
   * As {@link #create}, or {@link #update} where a channel has the name: what a host calls at each
   * start. Writes nothing if nothing has changed.
   */
  public Channel save(ChannelSpec spec) {
    for (int i = 0; i < TRIES; i++) {
      try {
        return saveOnce(spec);
      } catch (ConflictException e) {
        if (findByName(spec.name()).isEmpty()) {
          throw e; // it is not that another node has saved it at the same time
        }
      }
    }
    return saveOnce(spec);
  }

  private Channel saveOnce(ChannelSpec spec) {
    Optional<Definition> known = storedByName(spec.name());
    if (known.isEmpty()) {
      return create(spec);
    }
    Definition old = known.get();
    if (!ChannelDocument.typeOf(old).equals(spec.type())) {
      return update(old.id(), spec); // which refuses it
    }
    ChannelDraft draft = draft(old, spec);
    return draft.isAs(old, vault)
        ? ChannelDefinition.channel(old)
        : update(old, spec, draft).orElseGet(() -> update(old.id(), spec));
  }

  /**
   * Sends a made-up success to a channel, once, the way real messages go: secrets, rendering,
   * signature and the check of where it leads included. Leaves no delivery behind. Blocks until the
   * receiver has answered, at most 20 seconds.
   *
   * @throws NotFoundException if there is no such channel
   * @throws InterruptedException if the thread was interrupted
   */
  public TestResult test(UUID channelId) throws InterruptedException {
    return new TestSend(host, new DestinationLoader(host.store(), providers, vault))
        .to(channelId, workspace)
        .orElseThrow(() -> new NotFoundException("channel", channelId));
  }

  /** The channel of an id. */
  public Optional<Channel> find(UUID channelId) {
    return stored(channelId).map(ChannelDefinition::channel);
  }

  /** The channel of a name. */
  public Optional<Channel> findByName(String name) {
    return storedByName(name).map(ChannelDefinition::channel);
  }

  /** What channels are called; of those that are not there, nothing. */
  Map<UUID, String> names(Collection<UUID> channelIds) {
    return host.store().findDefinitions(channelIds).stream()
        .filter(found -> found.kind().equals(ChannelDefinition.KIND))
        .filter(found -> found.workspace().equals(workspace))
        .collect(Collectors.toMap(Definition::id, Definition::name));
  }

  /** A page of them. */
  Page<Channel> list(int limit, Optional<Cursor> after) {
    DefinitionQuery query = mine().limit(limit);
    Page<Definition> page = host.store().listDefinitions(after.map(query::after).orElse(query));
    return new Page<>(page.items().stream().map(ChannelDefinition::channel).toList(), page.next());
  }

  /** All channels of the workspace, newest first. */
  public List<Channel> list() {
    return Definitions.all(host.store(), mine()).stream().map(ChannelDefinition::channel).toList();
  }

  /**
   * Deletes a channel and its rules, in one write. Deliveries that wait to be sent fail with {@code
   * channel_deleted} when their turn comes.
   *
   * @throws NotFoundException if there is no such channel
   */
  public void delete(UUID channelId) {
    delete(channelId, Optional.empty());
  }

  /**
   * As {@link #delete(UUID)}, of what it was when it was looked at.
   *
   * @throws StaleVersionException if it was changed since
   */
  public void delete(UUID channelId, long version) {
    delete(channelId, Optional.of(version));
  }

  private void delete(UUID channelId, Optional<Long> version) {
    for (int i = 0; i < TRIES; i++) {
      Definition channel = existing(channelId);
      version.ifPresent(expected -> requireVersion(channel, expected));
      List<DefinitionWrite> deletions = new ArrayList<>();
      for (String kind : List.of(RuleDocument.KIND, RuleDocument.COMMON_KIND)) {
        DefinitionQuery rules = DefinitionQuery.ofAllWorkspaces(kind).referencing(channelId);
        for (Definition rule : Definitions.all(host.store(), rules)) {
          deletions.add(new DefinitionWrite.Delete(rule.id(), rule.version()));
        }
      }
      deletions.add(new DefinitionWrite.Delete(channelId, channel.version()));
      WriteSet writes = new WriteSet(List.of(), deletions, List.of());
      if (host.store().write(writes) instanceof WriteResult.Stored) {
        return;
      }
      // a rule was added or removed meanwhile: look again
    }
    throw busy(channelId);
  }

  private static void requireVersion(Definition channel, long version) {
    if (channel.version() != version) {
      throw new StaleVersionException("channel " + channel.name(), version, channel.version());
    }
  }

  private StaleVersionException stale(UUID channelId, long version) {
    Definition now = existing(channelId);
    return new StaleVersionException("channel " + now.name(), version, now.version());
  }

  private Definition existing(UUID channelId) {
    return stored(channelId).orElseThrow(() -> new NotFoundException("channel", channelId));
  }

  private Optional<Definition> stored(UUID channelId) {
    return Definitions.find(host.store(), channelId, ChannelDefinition.KIND)
        .filter(definition -> definition.workspace().equals(workspace));
  }

  /** A name that no store can hold is nobody's. */
  private Optional<Definition> storedByName(String name) {
    return StorableText.isStorable(name)
        ? host.store().findDefinitionByName(workspace, ChannelDefinition.KIND, name)
        : Optional.empty();
  }

  private DefinitionQuery mine() {
    return DefinitionQuery.of(workspace, ChannelDefinition.KIND);
  }

  private static ConflictException refusal(ChannelSpec spec, Conflict conflict) {
    return new ConflictException(
        conflict.reason() == Conflict.Reason.NAME_TAKEN
            ? "expected a name that no other channel has, got " + spec.name()
            : "expected to save the channel, got " + conflict.reason());
  }

  private static ConflictException busy(UUID channelId) {
    return new ConflictException(
        "expected nobody else to change channel %s, got %d changes meanwhile: try again"
            .formatted(channelId, TRIES));
  }
}
