package io.trigrun.inbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/** Whom to count a request for: an address of IPv4, or the /64 of IPv6 that one client has. */
public final class ClientNetwork {

  private static final String UNKNOWN = "?";
  private static final int BYTES = 8;

  private ClientNetwork() {}

  /** All of whom nothing is known count as one. */
  public static String of(InboundRequest request) {
    return request.remoteAddress().map(ClientNetwork::of).orElse(UNKNOWN);
  }

  private static String of(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      String plain = address.split("%", 2)[0]; // a zone is of this machine
      byte[] bytes = InetAddress.getByName(plain).getAddress(); // a literal: no name is resolved
      return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, BYTES));
    } catch (UnknownHostException e) {
      return UNKNOWN;
    }
  }
}
