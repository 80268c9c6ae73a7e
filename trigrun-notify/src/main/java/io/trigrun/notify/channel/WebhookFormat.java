package io.trigrun.notify.channel;

/** Which JSON a webhook gets. */
enum WebhookFormat {
  /** That of the guide (row N2). */
  TRIGRUN,
  /** That of cheek (row N8). */
  CHEEK
}
