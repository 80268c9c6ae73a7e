package io.trigrun.egress;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The addresses that nobody on the internet answers from, by the registries of IANA, and those that
 * clouds use for their own services. The JDK's {@code isSiteLocalAddress} and its like miss most of
 * them.
 */
final class AddressTable {
  /** Why an address is refused; the network it is in. */
  record Row(String network, String what, Network addresses) {}

  private static final List<Row> IPV4 =
      List.of(
          row("0.0.0.0/8", "this host"),
          row("10.0.0.0/8", "private"),
          row("100.64.0.0/10", "carrier-grade NAT"),
          row("127.0.0.0/8", "loopback"),
          row("168.63.129.16/32", "platform services of a cloud"),
          row("169.254.0.0/16", "link-local, metadata of clouds"),
          row("172.16.0.0/12", "private"),
          row("192.0.0.0/24", "protocol assignments"),
          row("192.0.2.0/24", "documentation"),
          row("192.88.99.0/24", "6to4 relay"),
          row("192.168.0.0/16", "private"),
          row("198.18.0.0/15", "benchmarking"),
          row("198.51.100.0/24", "documentation"),
          row("203.0.113.0/24", "documentation"),
          row("224.0.0.0/4", "multicast"),
          row("240.0.0.0/4", "reserved"));

  /** Within 2000::/3, outside of which nothing is let through. */
  private static final List<Row> IPV6 =
      List.of(
          row("2001::/23", "protocol assignments, Teredo"),
          row("2001:db8::/32", "documentation"),
          row("2002::/16", "6to4"),
          row("3fff::/20", "documentation"));

  private static final Network GLOBAL_UNICAST = Network.parse("2000::/3");

  /** Outside 2000::/3: for the message only. The special stands before the general. */
  private static final List<Row> IPV6_OUTSIDE =
      List.of(
          row("::/128", "unspecified"),
          row("::1/128", "loopback"),
          row("::/96", "IPv4-compatible"),
          row("64:ff9b::/96", "NAT64"),
          row("64:ff9b:1::/48", "NAT64"),
          row("100::/64", "discard"),
          row("100:0:0:1::/64", "dummy"),
          row("5f00::/16", "segment routing"),
          row("fc00::/7", "private"),
          row("fe80::/10", "link-local"),
          row("fec0::/10", "site-local"),
          row("ff00::/8", "multicast"),
          row("::/0", "not global unicast"));

  private static final Network NAT64 = Network.parse("64:ff9b::/96");

  private AddressTable() {}

  private static Row row(String network, String what) {
    return new Row(network, what, Network.parse(network));
  }

  /** The row that refuses an address of 4 or 16 bytes. */
  static Optional<Row> refusal(byte[] address) {
    if (address.length == 4) {
      return find(IPV4, address);
    }
    return GLOBAL_UNICAST.contains(address) ? find(IPV6, address) : find(IPV6_OUTSIDE, address);
  }

  private static Optional<Row> find(List<Row> rows, byte[] address) {
    return rows.stream().filter(row -> row.addresses().contains(address)).findFirst();
  }

  /**
   * The address that a packet goes to in the end: the IPv4 address in ::ffff:0:0/96 and, if asked
   * for, in the NAT64 prefix 64:ff9b::/96.
   */
  static byte[] effective(byte[] address, boolean throughNat64) {
    boolean embedded =
        address.length == 16 && (isMapped(address) || (throughNat64 && NAT64.contains(address)));
    return embedded ? Arrays.copyOfRange(address, 12, 16) : address;
  }

  /** The JDK makes such an address IPv4 by itself, in most places. */
  private static boolean isMapped(byte[] address) {
    for (int i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return address[10] == (byte) 0xff && address[11] == (byte) 0xff;
  }
}
