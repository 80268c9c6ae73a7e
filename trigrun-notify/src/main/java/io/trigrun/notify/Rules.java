package io.trigrun.notify;

import io.trigrun.ConflictException;
import io.trigrun.spi.Conflict;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.Host;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import io.trigrun.validation.Problems;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rules of a workspace (row N10): which channel hears of what happens to which job. A change is
 * in force for every run that is claimed after it, on every node. Deleting a job or a channel
 * deletes its rules. Thread-safe.
 */
public final class Rules {

  private static final String JOB_KIND = "job"; // as core stores jobs

  private final Host host;
  private final String workspace;

  Rules(Host host, String workspace) {
    this.host = host;
    this.workspace = workspace;
  }

  /**
   * Sends a message to the channel whenever this happens to the job. A rule that exists already is
   * left as it is and returned.
   *
   * <p>Several rules for one channel send one message for each thing that happens: an execution
   * that fails is {@code execution.failed} to a channel with rules for both on_failure and
   * on_completion. That its last attempt failed is another thing, {@code execution.error}.
   *
   * @throws io.trigrun.validation.ValidationException if the workspace has no such {@code job_id}
   *     or {@code channel_id}
   */
  public Rule add(UUID jobId, UUID channelId, NotificationEvent event) {
    Map<UUID, Definition> known = byId(List.of(jobId, channelId));
    Problems problems = new Problems();
    problems.check(is(known, jobId, JOB_KIND), "job_id", "the id of a job", jobId);
    problems.check(
        is(known, channelId, ChannelDefinition.KIND),
        "channel_id",
        "the id of a channel",
        channelId);
    problems.throwIfAny();
    Instant now = host.clock().instant();
    Definition rule =
        RuleDocument.of(TimeOrderedId.at(now), workspace, jobId, channelId, event, now);
    if (host.store().write(WriteSet.save(rule)) instanceof WriteResult.Refused refused) {
      return rule(existing(rule, refused.conflict(), jobId), known).orElseThrow();
    }
    return rule(rule, known).orElseThrow();
  }

  /** The rules of a job, newest first. */
  public List<Rule> list(UUID jobId) {
    List<Definition> rules =
        Definitions.all(host.store(), RuleDocument.ownedBy(jobId)).stream()
            .filter(rule -> rule.workspace().equals(workspace))
            .toList();
    Map<UUID, Definition> channels = byId(rules.stream().map(RuleDocument::channelId).toList());
    return rules.stream().flatMap(rule -> rule(rule, channels).stream()).toList();
  }

  /**
   * Removes a rule. Deliveries that it has brought about are sent all the same.
   *
   * @return whether it was there
   */
  public boolean remove(UUID ruleId) {
    return Definitions.find(host.store(), ruleId, RuleDocument.KIND)
        .filter(rule -> rule.workspace().equals(workspace))
        .map(rule -> new DefinitionWrite.Delete(rule.id(), rule.version()))
        .map(deletion -> host.store().write(new WriteSet(List.of(), List.of(deletion), List.of())))
        .filter(WriteResult.Stored.class::isInstance)
        .isPresent();
  }

  private Definition existing(Definition rule, Conflict conflict, UUID jobId) {
    if (conflict.reason() == Conflict.Reason.REFERENCE_MISSING) {
      boolean noJob = conflict.others().contains(jobId);
      Problems.require(
          false,
          noJob ? "job_id" : "channel_id",
          noJob ? "the id of a job" : "the id of a channel",
          "one that was deleted a moment ago");
    }
    return host.store()
        .findDefinitionByName(workspace, RuleDocument.KIND, rule.name())
        .orElseThrow(
            () ->
                new ConflictException(
                    "expected nobody else to change the rule, got a change meanwhile: try again"));
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
  private static Optional<Rule> rule(Definition rule, Map<UUID, Definition> channels) {
    UUID channelId = RuleDocument.channelId(rule);
    return Optional.ofNullable(channels.get(channelId))
        .flatMap(
            channel ->
                RuleDocument.event(rule)
                    .map(
                        event ->
                            new Rule(
                                rule.id(),
                                RuleDocument.jobId(rule),
                                channelId,
                                channel.name(),
                                ChannelDocument.read(channel.document()).type(),
                                event,
                                rule.createdAt())));
  }
}
