/**
 * Signatures of HTTP requests, both sides: what is sent (notifications, callbacks) is signed, what
 * comes in (webhooks) is verified. Pure: no I/O, no clock, no store, no log.
 */
@NullMarked
package io.trigrun.signing;

import org.jspecify.annotations.NullMarked;
