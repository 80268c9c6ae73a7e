/**
 * Enforces an egress policy on the very address that is connected to. {@code java.net.http}
 * resolves names by itself, so a check before the call guarantees nothing: the name may have
 * another address a moment later. The guard is a proxy on a loopback port of this process that
 * resolves once and connects to what it has judged; TLS stays end to end between the client and the
 * target. Not exported.
 */
@NullMarked
package io.trigrun.egress.guard;

import org.jspecify.annotations.NullMarked;
