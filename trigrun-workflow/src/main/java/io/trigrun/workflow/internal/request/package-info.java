/** The templates of a request, each with the rules of its place: URL, header or body. Pure. */
@NullMarked
package io.trigrun.workflow.internal.request;

import org.jspecify.annotations.NullMarked;
