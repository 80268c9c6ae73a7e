package io.trigrun.notify;

import io.trigrun.ConflictException;
import io.trigrun.LimitExceededException;
import io.trigrun.NotFoundException;
import io.trigrun.notify.channel.WebhookChannel;
import io.trigrun.notify.provider.ChannelSpec;
import io.trigrun.spi.Conflict;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.Host;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import io.trigrun.validation.Problems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The channels of a workspace (row N1). A change is in force for every delivery attempt that starts
 * after it, on every node. Thread-safe.
 */
public final class Channels {

  private static final int LONGEST_NAME = 100;
  private static final int TRIES = 20;

  private final Host host;
  private final Providers providers;
  private final String workspace;

  Channels(Host host, Providers providers, String workspace) {
    this.host = host;
    this.providers = providers;
    this.workspace = workspace;
  }

  /** What to say about a webhook; see {@link WebhookChannel#of}. */
  public static WebhookChannel webhook(String name, String url) {
    return WebhookChannel.of(name, url);
  }

  /**
   * Saves a new channel.
   *
   * @throws io.trigrun.validation.ValidationException naming {@code name}, {@code type} or a
   *     setting such as {@code config.url}; nothing is stored then
   * @throws ConflictException if another channel has the name
   * @throws LimitExceededException if the workspace has as many channels as it may have
   */
  public Channel create(ChannelSpec spec) {
    ChannelDocument document = checked(spec);
    int most = host.limits(workspace).channels();
    Instant now = host.clock().instant();
    Definition definition =
        ChannelDefinition.created(
            TimeOrderedId.at(now), workspace, spec.name(), document.write(), now);
    WriteResult result = host.store().write(WriteSet.save(definition, most));
    if (result instanceof WriteResult.Refused refused) {
      if (refused.conflict().reason() == Conflict.Reason.LIMIT_REACHED) {
        throw new LimitExceededException(workspace, "channels", most);
      }
      throw refusal(spec, refused.conflict());
    }
    return ChannelDefinition.channel(definition);
  }

  /**
   * Replaces what is known about a channel, its secrets included: a secret that is not given again
   * is gone. Messages on their way are sent as the channel says from now on.
   *
   * @throws NotFoundException if there is no such channel
   * @throws io.trigrun.validation.ValidationException as for {@link #create}, or for another type
   * @throws ConflictException if another channel has the name
   */
  public Channel update(UUID channelId, ChannelSpec spec) {
    ChannelDocument document = checked(spec);
    for (int i = 0; i < TRIES; i++) {
      Definition old = existing(channelId);
      String type = ChannelDocument.read(old.document()).type();
      Problems.require(type.equals(spec.type()), "type", type + " as before", spec.type());
      Definition definition =
          ChannelDefinition.replaced(old, spec.name(), document.write(), host.clock().instant());
      WriteResult result = host.store().write(WriteSet.save(definition));
      if (!(result instanceof WriteResult.Refused refused)) {
        return ChannelDefinition.channel(definition);
      }
      if (refused.conflict().reason() != Conflict.Reason.VERSION) {
        throw refusal(spec, refused.conflict());
      }
    }
    throw busy(channelId);
  }

  /**
   * As {@link #create}, or {@link #update} where a channel has the name: what a host calls at each
   * start.
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
    Optional<Definition> known =
        host.store().findDefinitionByName(workspace, ChannelDefinition.KIND, spec.name());
    if (known.isEmpty()) {
      return create(spec);
    }
    boolean same = known.get().document().equals(checked(spec).write());
    return same ? ChannelDefinition.channel(known.get()) : update(known.get().id(), spec);
  }

  /** The channel of an id. */
  public Optional<Channel> find(UUID channelId) {
    return stored(channelId).map(ChannelDefinition::channel);
  }

  /** The channel of a name. */
  public Optional<Channel> findByName(String name) {
    return host.store()
        .findDefinitionByName(workspace, ChannelDefinition.KIND, name)
        .map(ChannelDefinition::channel);
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
    for (int i = 0; i < TRIES; i++) {
      Definition channel = existing(channelId);
      List<DefinitionWrite> deletions = new ArrayList<>();
      for (Definition rule : Definitions.all(host.store(), RuleDocument.referencing(channelId))) {
        deletions.add(new DefinitionWrite.Delete(rule.id(), rule.version()));
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

  private ChannelDocument checked(ChannelSpec spec) {
    Problems.require(
        !spec.name().isBlank()
            && spec.name().length() <= LONGEST_NAME
            && spec.name().chars().noneMatch(Character::isISOControl),
        "name",
        "1 to " + LONGEST_NAME + " characters without control characters",
        spec.name());
    providers.check(spec.type(), spec.settings(), host.transport().egress());
    return new ChannelDocument(spec.type(), spec.settings(), providers.secretNames(spec.type()));
  }

  private Definition existing(UUID channelId) {
    return stored(channelId).orElseThrow(() -> new NotFoundException("channel", channelId));
  }

  private Optional<Definition> stored(UUID channelId) {
    return Definitions.find(host.store(), channelId, ChannelDefinition.KIND)
        .filter(definition -> definition.workspace().equals(workspace));
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
