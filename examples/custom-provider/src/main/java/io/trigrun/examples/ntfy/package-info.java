/** A kind of channel that the library does not have. */
@NullMarked
package io.trigrun.examples.ntfy;

import org.jspecify.annotations.NullMarked;
