/** Notification channels, rules and deliveries. */
module io.trigrun.notify {
  requires tools.jackson.databind;
  requires transitive io.trigrun.core;
  requires static transitive org.jspecify;

  exports io.trigrun.notify;
  exports io.trigrun.notify.channel;
  exports io.trigrun.notify.provider;
}
