package io.trigrun.event;

/**
 * Watches a TrigRun: for metrics, logs, tests. Not for work that must happen: events are told once,
 * on the node where they happened, and lost if the process dies; use follow-ups or notification
 * rules for that.
 */
@FunctionalInterface
public interface TrigRunListener {

  /**
   * Called for every event, one after another in the order in which they happened, on a thread of
   * their own; of a TrigRun that is not started, on the thread that drives it. Takes no part in any
   * transaction. May be slow: events queue up to 10,000, then the newest are dropped and counted in
   * a warning. An exception is logged and changes nothing.
   */
  void on(TrigRunEvent event);
}
