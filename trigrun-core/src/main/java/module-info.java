/** Model, engine, HTTP action and the store SPI of TrigRun. */
// Neither cron-utils nor Micrometer nor OpenTelemetry ships a module descriptor; and modules that
// are built on this one are not there yet when it is compiled.
@SuppressWarnings({"requires-automatic", "module"})
module io.trigrun.core {
  requires com.cronutils;
  requires com.github.benmanes.caffeine;
  requires java.net.http;
  requires org.slf4j;
  requires org.snakeyaml.engine;
  requires tools.jackson.databind;
  requires static transitive org.jspecify;

  // Only for the packages of these names, and for what joins to servers. Hosts that use those
  // require them; were they transitive,
  // every module that requires this one would have to have them when it is compiled.
  requires static io.opentelemetry.api;
  requires static io.opentelemetry.context;
  requires static jakarta.servlet;
  requires static jdk.httpserver;
  requires static micrometer.core;

  exports io.trigrun;
  exports io.trigrun.command;
  exports io.trigrun.crontab;
  exports io.trigrun.egress;
  exports io.trigrun.event;
  exports io.trigrun.handler;
  exports io.trigrun.http;
  exports io.trigrun.inbound;
  exports io.trigrun.management;
  exports io.trigrun.memory;
  exports io.trigrun.micrometer;
  exports io.trigrun.monitor;
  exports io.trigrun.opentelemetry;
  exports io.trigrun.route;
  exports io.trigrun.schedule;
  exports io.trigrun.schedulefile;
  exports io.trigrun.secret;
  exports io.trigrun.signing;
  exports io.trigrun.spi;
  exports io.trigrun.template to
      io.trigrun.notify,
      io.trigrun.workflow;
  exports io.trigrun.testing;
  exports io.trigrun.throttle to
      io.trigrun.workflow;
  exports io.trigrun.trace;
  exports io.trigrun.validation;
}
