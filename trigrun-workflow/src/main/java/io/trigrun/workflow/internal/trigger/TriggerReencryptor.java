package io.trigrun.workflow.internal.trigger;

import io.trigrun.ConflictException;
import io.trigrun.secret.Ciphertext;
import io.trigrun.secret.Reencryption;
import io.trigrun.secret.SecretContext;
import io.trigrun.secret.SecretUnavailableException;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.Host;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Walks over the triggers of all workspaces and seals anew what is not under the newest key. */
public final class TriggerReencryptor {

  private static final int TRIES = 20;

  private final Host host;
  private final List<String> unreadable = new ArrayList<>();
  private int reencrypted;
  private int upToDate;

  /** For one walk. */
  public TriggerReencryptor(Host host) {
    this.host = host;
  }

  public Reencryption run() {
    DefinitionQuery all = DefinitionQuery.ofAllWorkspaces(TriggerDefinitions.KIND);
    for (Definition definition : TriggerDefinitions.all(host.store(), all)) {
      if (TriggerDefinitions.oldToken(definition).isEmpty()) {
        visit(definition);
      }
    }
    return new Reencryption(reencrypted, upToDate, unreadable);
  }

  private void visit(Definition listed) {
    Optional<Definition> latest = Optional.of(listed);
    for (int i = 0; i < TRIES && latest.isPresent(); i++) {
      if (settle(latest.get())) {
        return;
      }
      latest = host.store().findDefinitions(List.of(listed.id())).stream().findFirst();
    }
    if (latest.isPresent()) {
      throw new ConflictException(
          "expected the trigger of job "
              + listed.name()
              + " not to be changed by others all the time; try again");
    }
  }

  /** Whether there is nothing left to do about it. */
  private boolean settle(Definition trigger) {
    TriggerDocument document = TriggerDocument.read(trigger.document());
    List<KeptSecret> fresh = new ArrayList<>();
    int current = 0;
    int renewed = 0;
    boolean isLost = false;
    for (KeptSecret secret : document.secrets()) {
      if (!(secret instanceof KeptSecret.Sealed sealed)) {
        fresh.add(secret);
        continue;
      }
      boolean isCurrent = sealed.ciphertext().keyId().equals(host.secrets().keyId());
      Optional<Ciphertext> again = isCurrent ? Optional.empty() : again(trigger, sealed);
      fresh.add(again.<KeptSecret>map(KeptSecret.Sealed::new).orElse(secret));
      current += isCurrent ? 1 : 0;
      renewed += again.isPresent() ? 1 : 0;
      isLost |= !isCurrent && again.isEmpty();
    }
    if (renewed > 0 && !save(trigger, document.with(fresh))) {
      return false;
    }
    upToDate += current;
    reencrypted += renewed;
    if (isLost) {
      unreadable.add(trigger.workspace() + "/" + trigger.name());
    }
    return true;
  }

  private boolean save(Definition trigger, TriggerDocument document) {
    Definition next =
        TriggerDefinitions.replaced(
            trigger,
            trigger.lookupKey(),
            document.write(),
            trigger.references(),
            trigger.updatedAt());
    return host.store().write(WriteSet.save(next)) instanceof WriteResult.Stored;
  }

  private Optional<Ciphertext> again(Definition trigger, KeptSecret.Sealed sealed) {
    SecretContext context = TriggerVault.context(trigger.workspace(), trigger.id());
    try {
      return Optional.of(
          host.secrets().seal(host.secrets().open(sealed.ciphertext(), context), context));
    } catch (SecretUnavailableException e) {
      if (e.isRetryable()) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
