package io.trigrun.internal;

import java.util.concurrent.atomic.AtomicLong;

/** The newest revision of configuration that this node has heard of. */
public final class Revision {

  private final AtomicLong latest = new AtomicLong();

  long latest() {
    return latest.get();
  }

  void heardOf(long revision) {
    latest.accumulateAndGet(revision, Math::max);
  }
}
