/** The routes for management of what core has. Contributed as extensions contribute theirs. */
@NullMarked
package io.trigrun.internal.management;

import org.jspecify.annotations.NullMarked;
