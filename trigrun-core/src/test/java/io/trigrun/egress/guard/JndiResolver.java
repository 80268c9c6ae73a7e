package io.trigrun.egress.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/** Asks a DNS server over UDP, with the JDK's own client, and keeps nothing. For tests. */
public final class JndiResolver implements NameResolver {
  private final Properties environment = new Properties();

  /** Asks the server on this port of loopback. */
  public JndiResolver(int port) {
    String host = InetAddress.getLoopbackAddress().getHostAddress();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put(Context.PROVIDER_URL, "dns://" + host + ":" + port);
  }

  @Override
  public List<InetAddress> resolve(String host) throws UnknownHostException {
    List<InetAddress> found = new ArrayList<>();
    try {
      DirContext server = new InitialDirContext(environment);
      try {
        for (String type : new String[] {"A", "AAAA"}) { // both at once would ask for ANY
          found.addAll(records(server, host, type));
        }
      } finally {
        server.close();
      }
    } catch (NamingException e) {
      UnknownHostException failure = new UnknownHostException(host);
      failure.initCause(e);
      throw failure;
    }
    return found;
  }

  @SuppressWarnings("BanJNDI") // a server of the test's own, which deserialises nothing
  private static List<InetAddress> records(DirContext server, String host, String type)
      throws NamingException, UnknownHostException {
    List<InetAddress> found = new ArrayList<>();
    Attribute records = server.getAttributes(host, new String[] {type}).get(type);
    if (records != null) {
      NamingEnumeration<?> values = records.getAll();
      while (values.hasMore()) {
        found.add(InetAddress.getByName(values.next().toString()));
      }
    }
    return found;
  }
}
