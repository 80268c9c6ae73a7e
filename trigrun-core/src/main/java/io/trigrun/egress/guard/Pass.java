package io.trigrun.egress.guard;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets one request through the guard's port and learns why it was not let out, which a client that
 * sees a refused tunnel can't. Close it when the request is over.
 */
public final class Pass implements AutoCloseable {
  private final EgressGuard guard;
  private final String key;
  private volatile @Nullable IOException failure;

  Pass(EgressGuard guard, String key) {
    this.guard = guard;
    this.key = key;
  }

  /** The value of the header {@code Proxy-Authorization}; no target ever sees it. */
  public String authorization() {
    return EgressGuard.SCHEME + key;
  }

  /** Why the guard did not make the connection; empty if it did, or was not asked. */
  public Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  void fail(IOException why) {
    failure = why;
  }

  String key() {
    return key;
  }

  @Override
  public void close() {
    guard.revoke(this);
  }
}
