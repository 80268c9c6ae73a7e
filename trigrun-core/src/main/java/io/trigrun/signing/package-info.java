/**
 * Signatures of HTTP requests, both sides: what is sent (notifications, callbacks) is signed, what
 * comes in (webhooks) is verified. Schemes are pure: no I/O, no clock, no store, no log; the
 * verifier has a clock, and a store if one is given.
 */
@NullMarked
package io.trigrun.signing;

import org.jspecify.annotations.NullMarked;
