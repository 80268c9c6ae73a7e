package io.trigrun.spi;

/**
 * Remembers what was derived from configuration definitions until one of them changes anywhere in
 * the cluster. Each claim brings the store's revision along, so a run sees everything that was
 * saved before it was claimed. Thread-safe, bounded.
 *
 * @param <K> what to look for
 * @param <V> what was derived
 */
public interface RevisionCache<K, V> {

  /** The value, as fresh as the latest claim. */
  V get(K key);
}
