package io.trigrun.monitor;

/**
 * A monitor and the token that pings it, which is shown only this once: the store keeps a hash.
 *
 * @param token {@code mping_} and 32 characters; whoever has it may ping, and nothing else
 */
public record MonitorWithToken(Monitor monitor, String token) {

  /** Without the token. */
  @Override
  public String toString() {
    return "MonitorWithToken[monitor=" + monitor + ", token=***]";
  }
}
