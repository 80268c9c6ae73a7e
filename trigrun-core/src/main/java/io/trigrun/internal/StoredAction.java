package io.trigrun.internal;

import io.trigrun.spi.ExtensionAction;
import java.util.Set;

/** An extension's action as a job keeps it: only the extension knows what it means. */
record StoredAction(
    String kind, String handler, String document, String payload, Set<String> secretNames)
    implements ExtensionAction {

  StoredAction {
    secretNames = Set.copyOf(secretNames);
  }

  static StoredAction of(ExtensionAction action) {
    return action instanceof StoredAction stored
        ? stored
        : new StoredAction(
            action.kind(),
            action.handler(),
            action.document(),
            action.payload(),
            action.secretNames());
  }
}
