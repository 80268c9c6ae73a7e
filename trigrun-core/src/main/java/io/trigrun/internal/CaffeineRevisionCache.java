package io.trigrun.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.trigrun.spi.RevisionCache;
import java.util.function.Function;

/** Entries carry the revision that was known before they were read; a newer one outdates them. */
final class CaffeineRevisionCache<K, V> implements RevisionCache<K, V> {

  private record Entry<V>(long revision, V value) {}

  private final Cache<K, Entry<V>> entries = Caffeine.newBuilder().maximumSize(10_000).build();
  private final Revision revision;
  private final Function<K, V> loader;

  CaffeineRevisionCache(Revision revision, Function<K, V> loader) {
    this.revision = revision;
    this.loader = loader;
  }

  @Override
  public V get(K key) {
    long latest = revision.latest();
    Entry<V> known = entries.getIfPresent(key);
    if (known != null && known.revision() >= latest) {
      return known.value();
    }
    Entry<V> fresh = new Entry<>(latest, loader.apply(key));
    entries.put(key, fresh);
    return fresh.value();
  }
}
