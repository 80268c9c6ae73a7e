package io.trigrun.workflow.internal.trigger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.trigrun.TrigRun;
import io.trigrun.secret.NoCipherException;
import io.trigrun.secret.SecretUnavailableException;
import io.trigrun.signing.SigningSecret;
import io.trigrun.spi.Definition;
import io.trigrun.spi.Host;
import io.trigrun.workflow.TriggerSpec;
import io.trigrun.workflow.TriggerVerification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Finds the trigger of a token. For a token that nobody has it gives a stand-in, with a secret that
 * nobody knows, so that what is done about the delivery is the same.
 */
final class Addressees {

  private static final int MOST = 10_000;
  private static final int MOST_CHARACTERS = 4_000_000;

  /** Tokens are random: one that nobody has will never be anybody's, unless a backup comes back. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** Where a token has led to. What is there now is read each time, and checked. */
  private record Place(UUID triggerId, UUID jobId) {}

  private final Host host;
  private final Definition standIn;
  private final Cache<String, Place> places =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LONGEST).build();
  private final Cache<String, TriggerDocument> documents =
      Caffeine.newBuilder()
          .maximumWeight(MOST_CHARACTERS)
          .weigher((String text, TriggerDocument document) -> text.length())
          .build();

  Addressees(Host host, TriggerVault vault) {
    this.host = host;
    this.standIn = standIn(host, vault);
  }

  /**
   * One read of the store, of trigger and job, if the token has come before, be it one that nobody
   * has; or else two, and one more while an old token overlaps with the new one.
   */
  Addressee find(String tokenHash, Instant now) {
    return again(tokenHash).orElseGet(() -> search(tokenHash, now));
  }

  private Optional<Addressee> again(String tokenHash) {
    Place place = places.getIfPresent(tokenHash);
    if (place == null) {
      return Optional.empty();
    }
    List<Definition> both = host.store().findDefinitions(List.of(place.triggerId(), place.jobId()));
    return place.triggerId().equals(standIn.id())
        ? Optional.of(addressee(standIn, both, false))
        : both.stream()
            .filter(definition -> isFoundBy(tokenHash, definition))
            .findFirst()
            .map(trigger -> addressee(trigger, both, true));
  }

  /** Not any more once the token was rotated; then a search finds where it leads, if anywhere. */
  private static boolean isFoundBy(String tokenHash, Definition definition) {
    return definition.kind().equals(TriggerDefinitions.KIND)
        && definition.lookupKey().equals(Optional.of(tokenHash));
  }

  private Addressee search(String tokenHash, Instant now) {
    Optional<Definition> found =
        host.store()
            .findDefinitionByKey(TriggerDefinitions.KIND, tokenHash)
            .flatMap(definition -> trigger(definition, now));
    Definition trigger = found.orElse(standIn);
    UUID jobId = TriggerDefinitions.jobId(trigger);
    if (found.isEmpty() || isFoundBy(tokenHash, trigger)) {
      places.put(tokenHash, new Place(trigger.id(), jobId));
    }
    List<Definition> jobs = host.store().findDefinitions(List.of(jobId));
    return addressee(trigger, jobs, found.isPresent());
  }

  private Addressee addressee(Definition trigger, List<Definition> read, boolean isKnown) {
    UUID jobId = TriggerDefinitions.jobId(trigger);
    return new Addressee(
        trigger.id(),
        trigger.workspace(),
        jobId,
        read.stream()
            .filter(
                definition ->
                    definition.id().equals(jobId)
                        && definition.workspace().equals(trigger.workspace()))
            .findFirst()
            .flatMap(host::job),
        documents.get(trigger.document(), TriggerDocument::read), // parsed and checked once
        isKnown);
  }

  private Optional<Definition> trigger(Definition definition, Instant now) {
    Optional<TriggerDefinitions.OldToken> old = TriggerDefinitions.oldToken(definition);
    if (old.isEmpty()) {
      return Optional.of(definition);
    }
    return old.filter(token -> token.until().isAfter(now))
        .flatMap(
            token -> host.store().findDefinitions(List.of(token.triggerId())).stream().findFirst());
  }

  private static Definition standIn(Host host, TriggerVault vault) {
    UUID id = UUID.randomUUID();
    String workspace = TrigRun.DEFAULT_WORKSPACE;
    TriggerSpec spec = TriggerSpec.of(TriggerVerification.github());
    List<KeptSecret> secrets;
    try {
      secrets = vault.keep(workspace, id, List.of(SigningSecret.random()));
    } catch (NoCipherException | SecretUnavailableException e) {
      spec = TriggerSpec.unverified(); // no trigger of this node has a secret of its own, then
      secrets = List.of();
    }
    return TriggerDefinitions.created(
        id,
        workspace,
        UUID.randomUUID(),
        "",
        new TriggerDocument(spec, secrets).write(),
        Set.of(),
        host.clock().instant());
  }
}
