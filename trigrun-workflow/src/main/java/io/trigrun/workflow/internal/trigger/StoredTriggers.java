package io.trigrun.workflow.internal.trigger;

import io.trigrun.ConflictException;
import io.trigrun.Job;
import io.trigrun.NotFoundException;
import io.trigrun.spi.Conflict;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.ExtensionAction;
import io.trigrun.spi.Host;
import io.trigrun.spi.JobsWithParts;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import io.trigrun.validation.Problems;
import io.trigrun.workflow.TriggerSpec;
import io.trigrun.workflow.TriggerVerification;
import io.trigrun.workflow.TriggerWithToken;
import io.trigrun.workflow.Triggers;
import io.trigrun.workflow.WebhookTrigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The triggers of a workspace, in the store. */
public final class StoredTriggers implements Triggers {

  /** The kind of job that has a trigger. */
  static final String JOB_KIND = "webhook_trigger";

  private static final int TRIES = 20;
  private static final int MOST_OLD_TOKENS = 5;

  private final Host host;
  private final TriggerVault vault;
  private final String workspace;

  public StoredTriggers(Host host, String workspace) {
    this.host = host;
    this.vault = new TriggerVault(host.secrets());
    this.workspace = workspace;
  }

  /**
   * An address that is about to be written along with its job.
   *
   * @param parts what is to be written
   */
  public record Planned(JobsWithParts.Parts parts, TriggerWithToken issued) {}

  @Override
  public TriggerWithToken issue(UUID jobId, TriggerSpec spec) {
    Job job = job(jobId);
    Problems.require(
        isStartedByWebhook(job), "job_id", "a job of kind " + JOB_KIND, "another kind of job");
    Planned planned = plan(jobId, spec);
    JobsWithParts.Parts parts = planned.parts();
    if (host.secrets().write(workspace, parts.secretNames(), parts.writes())
        instanceof WriteResult.Refused refused) {
      throw refusal(jobId, refused.conflict());
    }
    return planned.issued();
  }

  /** What {@link #issue} would write; throws as it does for what is wrong with the spec. */
  public Planned plan(UUID jobId, TriggerSpec spec) {
    Instant now = host.clock().instant();
    UUID id = TimeOrderedId.at(now);
    String token = TriggerToken.issue();
    TriggerDocument document = document(id, spec, List.of());
    Definition trigger =
        TriggerDefinitions.created(
            id,
            workspace,
            jobId,
            TriggerToken.hash(token),
            document.write(),
            references(document),
            now);
    return new Planned(
        parts(document, trigger), new TriggerWithToken(TriggerDefinitions.view(trigger), token));
  }

  private static JobsWithParts.Parts parts(TriggerDocument document, Definition trigger) {
    return new JobsWithParts.Parts(WriteSet.save(trigger), TriggerVault.names(document.secrets()));
  }

  private static RuntimeException refusal(UUID jobId, Conflict conflict) {
    return conflict.reason() == Conflict.Reason.REFERENCE_MISSING
        ? new NotFoundException("job", jobId)
        : new ConflictException(
            "expected a job without a trigger, got "
                + jobId
                + ", which has one; rotate() gives it another token, update() changes the rest");
  }

  @Override
  public WebhookTrigger update(UUID jobId, TriggerSpec spec) {
    for (int i = 0; i < TRIES; i++) {
      Definition old = existing(jobId);
      Definition next = changed(old, spec);
      TriggerDocument document = TriggerDocument.read(next.document());
      if (write(document, WriteSet.save(next)) instanceof WriteResult.Stored) {
        return TriggerDefinitions.view(next);
      }
    }
    throw busy(jobId);
  }

  /**
   * What {@link #update} would write, as things are now; throws as it does.
   *
   * @param change gives the new one for the one that is stored
   */
  public JobsWithParts.Parts planUpdate(UUID jobId, UnaryOperator<TriggerSpec> change) {
    Definition old = existing(jobId);
    Definition next = changed(old, change.apply(TriggerDefinitions.view(old).spec()));
    return parts(TriggerDocument.read(next.document()), next);
  }

  private Definition changed(Definition old, TriggerSpec spec) {
    TriggerDocument before = TriggerDocument.read(old.document());
    TriggerDocument document = document(old.id(), spec, before.secrets());
    return TriggerDefinitions.replaced(
        old, old.lookupKey(), document.write(), references(document), host.clock().instant());
  }

  /**
   * What to store of a spec.
   *
   * @param before the secrets that stay if it says nothing about secrets
   */
  private TriggerDocument document(UUID id, TriggerSpec spec, List<KeptSecret> before) {
    TriggerVerification verification = spec.verification();
    if (!verification.needsSecret()) {
      return new TriggerDocument(spec, List.of());
    }
    Problems.require(
        spec.secrets().isPresent() || !before.isEmpty(),
        "webhook_secret",
        "one at least, as deliveries have to prove who has sent them",
        "none");
    List<KeptSecret> kept =
        spec.secrets().map(given -> vault.keep(workspace, id, given)).orElse(before);
    Proof.requireFit(verification, vault.open(workspace, id, kept).values());
    return new TriggerDocument(spec, kept);
  }

  @Override
  public TriggerWithToken rotate(UUID jobId, Duration overlap) {
    Problems.require(
        !overlap.isNegative() && overlap.compareTo(LONGEST_OVERLAP) <= 0,
        "overlap",
        "zero to 7 days",
        overlap);
    for (int i = 0; i < TRIES; i++) {
      Definition old = existing(jobId);
      Instant now = host.clock().instant();
      String token = TriggerToken.issue();
      Definition next =
          TriggerDefinitions.replaced(
              old, Optional.of(TriggerToken.hash(token)), old.document(), old.references(), now);
      List<DefinitionWrite> writes = new ArrayList<>();
      writes.add(new DefinitionWrite.Save(next)); // first, as it has to let go of the old key
      boolean overlaps = overlap.compareTo(Duration.ZERO) > 0;
      for (Definition ended : ended(jobId, overlaps, now)) {
        writes.add(new DefinitionWrite.Delete(ended.id(), ended.version()));
      }
      if (overlaps) {
        Definition alias = TriggerDefinitions.oldToken(old, now.plus(overlap), now);
        writes.add(new DefinitionWrite.Save(alias));
      }
      if (write(writes)) {
        return new TriggerWithToken(TriggerDefinitions.view(next), token);
      }
    }
    throw busy(jobId);
  }

  /** The old tokens that nobody should know any more once there is another. */
  private List<Definition> ended(UUID jobId, boolean overlaps, Instant now) {
    List<Definition> old = oldTokens(jobId);
    if (!overlaps) {
      return old;
    }
    List<Definition> soonest = new ArrayList<>(old);
    soonest.sort(Comparator.comparing(StoredTriggers::until));
    int surplus = soonest.size() - (MOST_OLD_TOKENS - 1);
    List<Definition> ended = new ArrayList<>();
    for (int i = 0; i < soonest.size(); i++) {
      if (i < surplus || !until(soonest.get(i)).isAfter(now)) {
        ended.add(soonest.get(i));
      }
    }
    return ended;
  }

  private static Instant until(Definition oldToken) {
    return TriggerDefinitions.oldToken(oldToken).orElseThrow().until();
  }

  private List<Definition> oldTokens(UUID jobId) {
    DefinitionQuery parts = DefinitionQuery.of(workspace, TriggerDefinitions.KIND).ownedBy(jobId);
    return TriggerDefinitions.all(host.store(), parts).stream()
        .filter(part -> TriggerDefinitions.oldToken(part).isPresent())
        .toList();
  }

  @Override
  public Optional<WebhookTrigger> find(UUID jobId) {
    return stored(jobId).map(TriggerDefinitions::view);
  }

  @Override
  public void revoke(UUID jobId) {
    for (int i = 0; i < TRIES; i++) {
      List<DefinitionWrite> writes = new ArrayList<>();
      Definition trigger = existing(jobId);
      writes.add(new DefinitionWrite.Delete(trigger.id(), trigger.version()));
      for (Definition old : oldTokens(jobId)) {
        writes.add(new DefinitionWrite.Delete(old.id(), old.version()));
      }
      if (write(writes)) {
        return;
      }
    }
    throw busy(jobId);
  }

  /** Whether it is a job that has an address. */
  public static boolean isStartedByWebhook(Job job) {
    return job.spec().action() instanceof ExtensionAction action && action.kind().equals(JOB_KIND);
  }

  private Job job(UUID jobId) {
    return host.workspace(workspace)
        .jobs()
        .find(jobId)
        .orElseThrow(() -> new NotFoundException("job", jobId));
  }

  private Optional<Definition> stored(UUID jobId) {
    return host.store().findDefinitionByName(workspace, TriggerDefinitions.KIND, jobId.toString());
  }

  private Definition existing(UUID jobId) {
    return stored(jobId).orElseThrow(() -> new NotFoundException("job with a trigger", jobId));
  }

  private Set<UUID> references(TriggerDocument document) {
    return host.secrets().references(workspace, TriggerVault.names(document.secrets()));
  }

  private WriteResult write(TriggerDocument document, WriteSet writes) {
    return host.secrets().write(workspace, TriggerVault.names(document.secrets()), writes);
  }

  /** Whether nobody else has changed something meanwhile. */
  private boolean write(List<DefinitionWrite> writes) {
    return host.store().write(new WriteSet(List.of(), writes, List.of()))
        instanceof WriteResult.Stored;
  }

  private static ConflictException busy(UUID jobId) {
    return new ConflictException(
        "expected the trigger of job "
            + jobId
            + " not to be changed by others all the time; try again");
  }
}
