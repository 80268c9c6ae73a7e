package io.trigrun.workflow;

/**
 * The entry point for workflows. It is empty until workflows arrive: nothing can be defined,
 * triggered, resumed or decided yet, and no instance can be created.
 */
public final class Workflows {
  private Workflows() {}
}
