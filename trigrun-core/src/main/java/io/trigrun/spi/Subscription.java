package io.trigrun.spi;

/** Somebody listens, until it is closed. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

  /** Nothing is told that began after this has returned. Idempotent; throws nothing. */
  @Override
  void close();
}
