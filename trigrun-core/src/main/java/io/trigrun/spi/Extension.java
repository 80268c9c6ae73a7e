package io.trigrun.spi;

import java.util.List;

/** A part that a host adds to its TrigRun: notifications, workflows, something of its own. */
@FunctionalInterface
public interface Extension {

  /** Called once, when the TrigRun is built. */
  Contribution join(Host host);

  /**
   * What it brings along.
   *
   * @param handlers the executions it can run
   * @param followUps what it plans at the end of attempts
   * @param monitorFollowUps what it plans when monitors go down or recover
   */
  record Contribution(
      List<HandlerRegistration> handlers,
      List<FollowUps> followUps,
      List<MonitorFollowUps> monitorFollowUps) {
    public Contribution {
      handlers = List.copyOf(handlers);
      followUps = List.copyOf(followUps);
      monitorFollowUps = List.copyOf(monitorFollowUps);
    }

    /** One that plans nothing for monitors. */
    public Contribution(List<HandlerRegistration> handlers, List<FollowUps> followUps) {
      this(handlers, followUps, List.of());
    }
  }
}
