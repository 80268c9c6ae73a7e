/** The quickstart of the README: start at {@link io.trigrun.examples.quickstart.Quickstart}. */
@NullMarked
package io.trigrun.examples.quickstart;

import org.jspecify.annotations.NullMarked;
