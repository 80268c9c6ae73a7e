package io.trigrun.notify;

import io.trigrun.ConflictException;
import io.trigrun.Cursor;
import io.trigrun.NotFoundException;
import io.trigrun.Page;
import io.trigrun.StaleVersionException;
import io.trigrun.notify.provider.MessageTemplate;
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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rules of a workspace (row N10): which channel hears of what happens to which job or monitor,
 * or to all of them. A change is in force for every run that is claimed after it, on every node.
 * Deleting a job, a monitor or a channel deletes its rules. Thread-safe.
 */
public final class Rules {

  private static final String JOB_KIND = "job"; // as core stores them
  static final String MONITOR_KIND = "monitor";
  private static final int TRIES = 20;

  private final Host host;
  private final Providers providers;
  private final OwnEvents ownEvents;
  private final String workspace;

  Rules(Host host, Providers providers, OwnEvents ownEvents, String workspace) {
    this.host = host;
    this.providers = providers;
    this.ownEvents = ownEvents;
    this.workspace = workspace;
  }

  /** As {@link #add(RuleScope, UUID, NotificationEvent)}, for a job. */
  public Rule add(UUID jobId, UUID channelId, NotificationEvent event) {
    return add(RuleScope.job(jobId), channelId, event);
  }

  /**
   * Sends a message to the channel whenever this happens within the scope. A rule that exists
   * already is left as it is and returned.
   *
   * <p>Several rules for one channel send one message for each thing that happens: an execution
   * that fails is {@code execution.failed} to a channel with rules for both on_failure and
   * on_completion, whether they are the job's own, of a label or of the workspace. That its last
   * attempt failed is another thing, {@code execution.error}.
   *
   * @throws io.trigrun.validation.ValidationException if the workspace has no such {@code job_id},
   *     {@code monitor_id} or {@code channel_id}, or the {@code event} can't happen in the scope or
   *     was not declared
   */
  public Rule add(RuleScope scope, UUID channelId, NotificationEvent event) {
    return add(scope, channelId, event, RuleOptions.none());
  }

  /**
   * As {@link #add(RuleScope, UUID, NotificationEvent)}, with more to say. A rule that collects and
   * one that sends at once are two rules, and both hold; one that exists already with another
   * digest gets this one, and what it has collected is in the next summary by it.
   *
   * <p>Words of a rule (row N21) come before those of its channel, and take the place of those that
   * the rule had; {@link MessageTemplate#none} takes them away. Where several rules lead to one
   * message, those of the job or monitor come before those of its labels, and these before those of
   * the workspace.
   *
   * <p>{@link Flapping} of a rule stays, too, until it is given another one or {@link
   * Flapping#off}. A channel hears of the ups and downs of a job or monitor or does not, whatever
   * rules lead there: the closest ones count, and it is enough that one of them asks for it.
   *
   * @throws io.trigrun.validation.ValidationException also for a payload if the channel's receiver
   *     does not take any, for a digest of approvals, or for {@code flapping} of a rule that
   *     collects or is about something else than ups and downs
   * @throws ConflictException if others change it all the time
   */
  public Rule add(RuleScope scope, UUID channelId, NotificationEvent event, RuleOptions options) {
    return put(scope, channelId, event, options).rule();
  }

  /** A rule, and whether there was none before. */
  record Put(Rule rule, boolean isNew) {}

  /** As {@link #add(RuleScope, UUID, NotificationEvent, RuleOptions)}. */
  Put put(RuleScope scope, UUID channelId, NotificationEvent event, RuleOptions options) {
    List<UUID> ids = new ArrayList<>(List.of(channelId));
    scope.owner().ifPresent(ids::add);
    Map<UUID, Definition> known = byId(ids);
    Problems problems = new Problems();
    checkScope(scope, known, problems);
    checkChannel(channelId, options.template(), known, problems);
    ownEvents.check(scope, event, problems);
    checkFlapping(event, options, problems);
    problems.check(
        options.digest().isEmpty() || !event.equals(NotificationEvent.ON_APPROVAL_REQUIRED),
        "digest",
        "none for on_approval_required: a run waits, and a summary might come too late",
        "one");
    problems.throwIfAny();
    Instant now = host.clock().instant();
    Definition rule =
        RuleDocument.definition(
            TimeOrderedId.at(now), workspace, scope, channelId, event, options.saved(), now);
    WriteSet cursor = DigestCursor.of(rule, now);
    for (int i = 0; i < TRIES; i++) {
      WriteSet writes = WriteSet.save(rule).plus(cursor);
      if (!(host.store().write(writes) instanceof WriteResult.Refused refused)) {
        host.wakeUp();
        return new Put(rule(rule, known).orElseThrow(), rule.version() == 1);
      }
      Definition existing = existing(rule, refused.conflict(), scope);
      RuleOptions before = RuleDocument.read(existing).options();
      RuleOptions after = options.orOf(before).saved();
      if (after.equals(before)) {
        return new Put(rule(existing, known).orElseThrow(), false);
      }
      rule = RuleDocument.replaced(existing, scope, channelId, event, after, now);
      cursor = // other words are no reason for a second one
          before.digest().equals(after.digest()) ? WriteSet.empty() : DigestCursor.of(rule, now);
    }
    throw busy();
  }

  /** As {@link #add(RuleScope, UUID, NotificationEvent, RuleOptions)}, in words of its own. */
  public Rule add(
      RuleScope scope, UUID channelId, NotificationEvent event, MessageTemplate template) {
    return add(scope, channelId, event, RuleOptions.none().withTemplate(template));
  }

  private static ConflictException busy() {
    return new ConflictException(
        "expected nobody else to change the rule, got a change meanwhile: try again");
  }

  private void checkChannel(
      UUID channelId,
      Optional<MessageTemplate> template,
      Map<UUID, Definition> known,
      Problems problems) {
    if (!is(known, channelId, ChannelDefinition.KIND)) {
      problems.add("channel_id", "the id of a channel", channelId.toString());
      return;
    }
    Definition channel = Objects.requireNonNull(known.get(channelId));
    template
        .filter(words -> words.payload().isPresent())
        .ifPresent(
            words ->
                Providers.check(
                    providers.require(ChannelDocument.typeOf(channel)), words, problems));
  }

  static void checkFlapping(NotificationEvent event, RuleOptions options, Problems problems) {
    if (options.flapping().filter(value -> !value.isOff()).isEmpty()) {
      return;
    }
    problems.check(
        Standing.isToldBy(event),
        "flapping",
        "a rule for ups and downs: on_success, on_failure, on_retries_exhausted, on_completion,"
            + " on_down or on_recovery",
        event.ruleName());
    problems.check(
        options.digest().isEmpty(), "flapping", "a rule that sends at once", "one with a digest");
  }

  private void checkScope(RuleScope scope, Map<UUID, Definition> known, Problems problems) {
    if (scope instanceof RuleScope.OfJob job) {
      problems.check(is(known, job.jobId(), JOB_KIND), "job_id", "the id of a job", job.jobId());
    } else if (scope instanceof RuleScope.OfMonitor monitor) {
      problems.check(
          is(known, monitor.monitorId(), MONITOR_KIND),
          "monitor_id",
          "the id of a monitor",
          monitor.monitorId());
    }
  }

  /** The rules of a job, newest first; without those of its labels and of the workspace. */
  public List<Rule> list(UUID jobId) {
    return list(RuleScope.job(jobId));
  }

  /** The rules of exactly this scope, newest first. */
  public List<Rule> list(RuleScope scope) {
    return rules(Definitions.all(host.store(), query(scope.owner()))).stream()
        .filter(rule -> rule.scope().equals(scope))
        .toList();
  }

  /**
   * Some rules of a job or monitor, newest first, or of those that are about neither.
   *
   * @param limit how many to look at: of a channel that is just being deleted there are none
   */
  Page<Rule> list(Optional<UUID> owner, int limit, Optional<Cursor> after) {
    DefinitionQuery query = query(owner).limit(limit);
    Page<Definition> page = host.store().listDefinitions(after.map(query::after).orElse(query));
    return new Page<>(rules(page.items()), page.next());
  }

  /** A rule of a job or monitor, or one that is about neither. */
  Optional<Rule> find(Optional<UUID> owner, UUID ruleId) {
    return rules(stored(ruleId).stream().toList()).stream()
        .filter(rule -> rule.scope().owner().equals(owner))
        .findFirst();
  }

  private DefinitionQuery query(Optional<UUID> owner) {
    return owner.map(RuleDocument::ownedBy).orElseGet(() -> RuleDocument.common(workspace));
  }

  private List<Rule> rules(List<Definition> definitions) {
    List<Definition> ours =
        definitions.stream().filter(rule -> rule.workspace().equals(workspace)).toList();
    Map<UUID, Definition> channels =
        byId(ours.stream().map(rule -> RuleDocument.read(rule).channelId()).toList());
    return ours.stream().flatMap(rule -> rule(rule, channels).stream()).toList();
  }

  /**
   * Removes a rule. Deliveries that it has brought about are sent all the same.
   *
   * @return whether it was there
   */
  public boolean remove(UUID ruleId) {
    return stored(ruleId).filter(rule -> isDeleted(ruleId, rule.version())).isPresent();
  }

  /**
   * Removes a rule as it was when it was looked at; see {@link #remove(UUID)}.
   *
   * @param version {@link Rule#version}
   * @throws NotFoundException if there is no such rule
   * @throws StaleVersionException if it was changed since
   */
  public void remove(UUID ruleId, long version) {
    Definition rule =
        stored(ruleId).orElseThrow(() -> new NotFoundException("notification rule", ruleId));
    if (rule.version() != version || !isDeleted(ruleId, version)) {
      throw new StaleVersionException(
          "notification rule " + ruleId,
          version,
          stored(ruleId).map(Definition::version).orElse(0L));
    }
  }

  private Optional<Definition> stored(UUID ruleId) {
    return host.store().findDefinitions(List.of(ruleId)).stream()
        .filter(RuleDocument::isRule)
        .filter(rule -> rule.workspace().equals(workspace))
        .findFirst();
  }

  private boolean isDeleted(UUID ruleId, long version) {
    DefinitionWrite deletion = new DefinitionWrite.Delete(ruleId, version);
    return host.store().write(new WriteSet(List.of(), List.of(deletion), List.of()))
        instanceof WriteResult.Stored;
  }

  private Definition existing(Definition rule, Conflict conflict, RuleScope scope) {
    if (conflict.reason() == Conflict.Reason.REFERENCE_MISSING) {
      boolean noOwner = scope.owner().filter(conflict.others()::contains).isPresent();
      String owner = scope instanceof RuleScope.OfMonitor ? "monitor" : "job";
      Problems.require(
          false,
          noOwner ? owner + "_id" : "channel_id",
          "the id of a " + (noOwner ? owner : "channel"),
          "one that was deleted a moment ago");
    }
    return host.store()
        .findDefinitionByName(workspace, rule.kind(), rule.name())
        .orElseThrow(Rules::busy);
  }

  private Map<UUID, Definition> byId(Collection<UUID> ids) {
    return host.store().findDefinitions(ids).stream()
        .collect(Collectors.toMap(Definition::id, Function.identity()));
  }

  private boolean is(Map<UUID, Definition> known, UUID id, String kind) {
    return Optional.ofNullable(known.get(id))
        .filter(found -> found.kind().equals(kind) && found.workspace().equals(workspace))
        .isPresent();
  }

  /** Empty if the channel was deleted meanwhile, or for an event that only newer nodes know. */
  private static Optional<Rule> rule(Definition definition, Map<UUID, Definition> channels) {
    RuleDocument rule = RuleDocument.read(definition);
    return Optional.ofNullable(channels.get(rule.channelId()))
        .flatMap(
            channel ->
                rule.event()
                    .map(
                        event ->
                            new Rule(
                                rule.id(),
                                rule.scope(),
                                rule.channelId(),
                                channel.name(),
                                ChannelDocument.typeOf(channel),
                                event,
                                rule.options(),
                                definition.version(),
                                rule.createdAt())));
  }
}
