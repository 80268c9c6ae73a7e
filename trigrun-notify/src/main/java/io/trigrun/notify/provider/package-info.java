/**
 * What a kind of channel consists of.
 *
 * <p>A {@link io.trigrun.notify.provider.ChannelProvider} turns settings, messages and answers into
 * values; it does no I/O, reads no clock, retries and logs nothing. All of that is done around it,
 * the same for every kind.
 */
@NullMarked
package io.trigrun.notify.provider;

import org.jspecify.annotations.NullMarked;
