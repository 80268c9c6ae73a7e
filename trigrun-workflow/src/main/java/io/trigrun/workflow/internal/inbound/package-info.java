/** The endpoints of waiting runs, and the page that people see. */
@NullMarked
package io.trigrun.workflow.internal.inbound;

import org.jspecify.annotations.NullMarked;
