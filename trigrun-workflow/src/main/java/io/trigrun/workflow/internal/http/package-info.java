/** The request of an HTTP step rendered, sent and judged. */
@NullMarked
package io.trigrun.workflow.internal.http;

import org.jspecify.annotations.NullMarked;
