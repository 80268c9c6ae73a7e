package io.trigrun.notify;

import io.trigrun.notify.provider.ChannelProvider;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;

/** Finds the providers that are declared as services: one of each class. */
final class DiscoveredProviders {

  private DiscoveredProviders() {}

  @SuppressWarnings("rawtypes") // a class literal has no type arguments
  static List<ChannelProvider<?>> load() {
    Set<ClassLoader> loaders = new LinkedHashSet<>();
    loaders.add(Thread.currentThread().getContextClassLoader());
    loaders.add(ChannelProvider.class.getClassLoader());
    loaders.removeIf(Objects::isNull);
    List<ChannelProvider<?>> found = new ArrayList<>();
    Set<Class<?>> known = new LinkedHashSet<>();
    for (ClassLoader loader : loaders) {
      for (ChannelProvider provider : ServiceLoader.load(ChannelProvider.class, loader)) {
        if (known.add(provider.getClass())) {
          found.add(provider);
        }
      }
    }
    return found;
  }
}
