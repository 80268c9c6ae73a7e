package io.trigrun;

enum OwnSession implements StoreSession {
  INSTANCE
}
