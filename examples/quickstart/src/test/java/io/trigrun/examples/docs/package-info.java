/** The documentation, put to the test: its code compiles, its links lead somewhere. */
@NullMarked
package io.trigrun.examples.docs;

import org.jspecify.annotations.NullMarked;
