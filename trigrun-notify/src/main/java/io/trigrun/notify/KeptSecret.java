package io.trigrun.notify;

import io.trigrun.secret.Ciphertext;

/** How a channel keeps one of its secrets. */
sealed interface KeptSecret {

  /** What anybody may see of it. */
  String hint();

  /**
   * Encrypted, in the channel itself.
   *
   * @param hint its last characters, if it is long enough to spare them
   */
  record Sealed(Ciphertext ciphertext, String hint) implements KeptSecret {}

  /** The name of one of the workspace's secrets: {@code secret://name}. */
  record Named(String name) implements KeptSecret {

    static final String SCHEME = "secret://";

    @Override
    public String hint() {
      return SCHEME + name;
    }
  }
}
