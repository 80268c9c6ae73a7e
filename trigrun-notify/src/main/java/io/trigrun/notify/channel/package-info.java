/** The kinds of channels that come with the library; none knows another. */
@NullMarked
package io.trigrun.notify.channel;

import org.jspecify.annotations.NullMarked;
