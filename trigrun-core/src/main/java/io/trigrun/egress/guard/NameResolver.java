package io.trigrun.egress.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Turns a name into addresses. A seam: tests bring a name server that lies. */
@FunctionalInterface
public interface NameResolver {

  /** All addresses of a name, in the order to try them; at least one. May block. */
  List<InetAddress> resolve(String host) throws UnknownHostException;

  /** The JVM's. */
  static NameResolver system() {
    return host -> List.of(InetAddress.getAllByName(host));
  }
}
