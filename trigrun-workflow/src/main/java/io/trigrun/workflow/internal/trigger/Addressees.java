package io.trigrun.workflow.internal.trigger;

import io.trigrun.TrigRun;
import io.trigrun.secret.NoCipherException;
import io.trigrun.secret.SecretUnavailableException;
import io.trigrun.signing.SigningSecret;
import io.trigrun.spi.Definition;
import io.trigrun.spi.Host;
import io.trigrun.workflow.TriggerSpec;
import io.trigrun.workflow.TriggerVerification;
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

  private final Host host;
  private final Definition standIn;

  Addressees(Host host, TriggerVault vault) {
    this.host = host;
    this.standIn = standIn(host, vault);
  }

  /** One search of the store; one more while an old token overlaps with the new one. */
  Addressee find(String tokenHash, Instant now) {
    Optional<Definition> found =
        host.store()
            .findDefinitionByKey(TriggerDefinitions.KIND, tokenHash)
            .flatMap(definition -> trigger(definition, now));
    Definition trigger = found.orElse(standIn);
    return new Addressee(
        trigger.id(),
        trigger.workspace(),
        TriggerDefinitions.jobId(trigger),
        TriggerDocument.read(trigger.document()),
        found.isPresent());
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
