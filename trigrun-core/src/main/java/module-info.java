/** Model, engine, HTTP action and the store SPI of TrigRun. */
@SuppressWarnings("requires-automatic") // cron-utils ships no module descriptor
module io.trigrun.core {
  requires com.cronutils;
  requires com.github.benmanes.caffeine;
  requires java.net.http;
  requires org.slf4j;
  requires tools.jackson.databind;
  requires static transitive org.jspecify;

  exports io.trigrun;
  exports io.trigrun.command;
  exports io.trigrun.crontab;
  exports io.trigrun.egress;
  exports io.trigrun.event;
  exports io.trigrun.handler;
  exports io.trigrun.http;
  exports io.trigrun.memory;
  exports io.trigrun.monitor;
  exports io.trigrun.schedule;
  exports io.trigrun.secret;
  exports io.trigrun.signing;
  exports io.trigrun.spi;
  exports io.trigrun.testing;
  exports io.trigrun.trace;
  exports io.trigrun.validation;
}
