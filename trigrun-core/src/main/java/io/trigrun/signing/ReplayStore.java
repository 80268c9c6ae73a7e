package io.trigrun.signing;

import java.time.Instant;

/**
 * Remembers which requests were taken, for receivers that want each only once. Several nodes that
 * receive for each other need one in common: a table with a unique key, for example. Called by many
 * threads.
 */
@FunctionalInterface
public interface ReplayStore {

  /**
   * Notes a request, unless it is known. Atomic: of several calls with one key, one gets {@code
   * true}.
   *
   * @param key tells a signed request from others: id and time for Standard Webhooks, so that a
   *     message that is sent again, signed anew, is another request. At most 300 characters of
   *     printable ASCII
   * @param until may be forgotten after that, because the request is too old then
   * @return whether it was not known
   */
  boolean add(String key, Instant now, Instant until);

  /**
   * In memory, for one node.
   *
   * @param most how many to remember at most, at least 1; beyond that the oldest are forgotten
   */
  static ReplayStore inMemory(int most) {
    return new BoundedReplayStore(most);
  }
}
