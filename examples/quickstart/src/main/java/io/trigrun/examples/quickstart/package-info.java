/** The quickstart of the README. */
@NullMarked
package io.trigrun.examples.quickstart;

import org.jspecify.annotations.NullMarked;
