package io.trigrun.workflow.internal.trigger;

import io.trigrun.secret.SecretContext;
import io.trigrun.secret.SecretUnavailableException;
import io.trigrun.spi.SecretAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Keeps the secrets of triggers: encrypted by the host's cipher, bound to workspace and trigger, so
 * that none can be put in another's place; or as names of the workspace's own secrets.
 */
record TriggerVault(SecretAccess secrets) {

  /** What {@link #open} has found: all secrets that can be had, and whether some can't. */
  record Opened(List<String> values, boolean isComplete) {}

  List<KeptSecret> keep(String workspace, UUID triggerId, List<String> values) {
    List<KeptSecret> kept = new ArrayList<>();
    for (String value : values) {
      kept.add(
          value.startsWith(KeptSecret.Named.SCHEME)
              ? new KeptSecret.Named(value.substring(KeptSecret.Named.SCHEME.length()))
              : new KeptSecret.Sealed(secrets.seal(value, context(workspace, triggerId))));
    }
    return kept;
  }

  /** One that can't be had does not keep the others from being used. */
  Opened open(String workspace, UUID triggerId, List<KeptSecret> kept) {
    List<String> values = new ArrayList<>();
    boolean isComplete = true;
    for (KeptSecret secret : kept) {
      try {
        values.add(open(workspace, triggerId, secret));
      } catch (SecretUnavailableException e) {
        isComplete = false;
      }
    }
    return new Opened(values, isComplete);
  }

  String open(String workspace, UUID triggerId, KeptSecret secret) {
    if (secret instanceof KeptSecret.Named named) {
      return secrets
          .lookup(workspace)
          .find(named.name())
          .orElseThrow(
              () ->
                  SecretUnavailableException.permanent(
                      "webhook_secret: expected a stored secret named "
                          + named.name()
                          + ", got none; create it, or change the trigger"));
    }
    return secrets.open(((KeptSecret.Sealed) secret).ciphertext(), context(workspace, triggerId));
  }

  /** The names of the workspace's secrets that a trigger needs. */
  static Set<String> names(List<KeptSecret> kept) {
    Set<String> names = new TreeSet<>();
    for (KeptSecret secret : kept) {
      if (secret instanceof KeptSecret.Named named) {
        names.add(named.name());
      }
    }
    return names;
  }

  static SecretContext context(String workspace, UUID triggerId) {
    return new SecretContext(workspace, triggerId + "/webhook_secret", TriggerDefinitions.KIND);
  }
}
