package io.trigrun.notify.channel;

/** How a chat message looks. */
enum ChatFormat {
  /** All that the medium has. */
  RICH,
  /** One text, as older tools sent it (row N8). */
  PLAIN
}
