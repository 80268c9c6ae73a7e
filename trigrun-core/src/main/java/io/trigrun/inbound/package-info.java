/**
 * What comes in over HTTP, without a web framework: a request is a value ({@link
 * io.trigrun.inbound.InboundRequest}), so is the answer ({@link
 * io.trigrun.inbound.InboundResponse}), and what lies between is a function ({@link
 * io.trigrun.inbound.InboundRoutes}). Adapters join them to a server: {@link
 * io.trigrun.inbound.JdkInbound} to the JDK's own, {@link io.trigrun.inbound.ServletInbound} to a
 * servlet container.
 */
@NullMarked
package io.trigrun.inbound;

import org.jspecify.annotations.NullMarked;
