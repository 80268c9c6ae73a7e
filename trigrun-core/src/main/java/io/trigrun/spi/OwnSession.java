package io.trigrun.spi;

enum OwnSession implements StoreSession {
  INSTANCE
}
