/** What the packages of this module share and nobody else sees. */
@NullMarked
package io.trigrun.notify.internal;

import org.jspecify.annotations.NullMarked;
