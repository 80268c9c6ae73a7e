/** Database servers for tests, of this module and of others: test class path, never published. */
@NullMarked
package io.trigrun.servers;

import org.jspecify.annotations.NullMarked;
