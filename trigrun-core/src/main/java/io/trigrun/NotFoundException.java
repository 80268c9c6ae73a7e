package io.trigrun;

import java.util.UUID;

/** What was asked for does not exist in this workspace. */
public final class NotFoundException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** For example {@code ("secret", "api-key")}. */
  public NotFoundException(String kind, String name) {
    super("expected the name of a " + kind + " of this workspace, got " + name);
  }

  /** For example {@code ("job", id)}. */
  public NotFoundException(String kind, UUID id) {
    super("expected the id of a " + kind + " of this workspace, got " + id);
  }
}
