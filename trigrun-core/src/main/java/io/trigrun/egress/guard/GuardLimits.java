package io.trigrun.egress.guard;

import java.time.Duration;

/**
 * What a guard bears.
 *
 * @param head from the connection to the end of the request's head
 * @param connect for resolving and connecting together
 * @param idle without a byte in either direction
 * @param connections at once; more are hung up on
 * @param resolvers threads that wait for name servers
 */
public record GuardLimits(
    Duration head, Duration connect, Duration idle, int connections, int resolvers) {

  /** The head of a CONNECT; our client's has a few hundred bytes. */
  static final int TUNNEL_HEAD = 8 * 1024;

  /** The head of a plain request: 50 headers of 8 KB and a URL of 2 KB fit. */
  static final int PLAIN_HEAD = 512 * 1024;

  /** How many addresses of a name are tried. */
  static final int ADDRESSES = 8;

  /**
   * The defaults. A call may wait an hour for its answer, and the client closes what it does not
   * use any more, so the limit on idling is only for what both sides forgot.
   */
  public static GuardLimits standard(Duration connect) {
    return new GuardLimits(Duration.ofSeconds(5), connect, Duration.ofMinutes(61), 10_000, 8);
  }
}
