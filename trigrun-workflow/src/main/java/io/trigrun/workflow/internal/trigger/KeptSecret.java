package io.trigrun.workflow.internal.trigger;

import io.trigrun.secret.Ciphertext;

/** How a trigger keeps one of its secrets. */
sealed interface KeptSecret {

  /** Encrypted, in the trigger itself. */
  record Sealed(Ciphertext ciphertext) implements KeptSecret {}

  /** The name of one of the workspace's secrets: {@code secret://name}. */
  record Named(String name) implements KeptSecret {

    static final String SCHEME = "secret://";
  }
}
