@NullMarked
package io.trigrun.examples.mounting;

import org.jspecify.annotations.NullMarked;
