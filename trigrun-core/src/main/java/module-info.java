/** Model, engine, HTTP action and the store SPI of TrigRun. */
@SuppressWarnings("requires-automatic") // cron-utils ships no module descriptor
module io.trigrun.core {
  requires com.cronutils;
  requires com.github.benmanes.caffeine;
  requires java.net.http;
  requires org.slf4j;
  requires tools.jackson.databind;
  requires static transitive org.jspecify;

  exports io.trigrun.validation;
}
