/** Workflows of steps that survive restarts. */
module io.trigrun.workflow {
  requires com.github.benmanes.caffeine;
  requires org.slf4j;
  requires tools.jackson.databind;
  requires transitive io.trigrun.core;
  requires static transitive org.jspecify;

  exports io.trigrun.workflow;
  exports io.trigrun.workflow.definition;
  exports io.trigrun.workflow.inbound;
}
