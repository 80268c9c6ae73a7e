package io.trigrun.route;

/** What somebody may do in a workspace. */
public enum Role {
  /** Look at everything that is not secret. */
  READ,
  /** Change it, too. */
  WRITE;

  /** Whether it is enough for what asks for the other. */
  public boolean covers(Role needed) {
    return this == WRITE || needed == READ;
  }
}
