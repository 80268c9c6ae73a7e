/** Notification channels, rules and deliveries. */
module io.trigrun.notify {
  requires transitive io.trigrun.core;
  requires static transitive org.jspecify;
}
