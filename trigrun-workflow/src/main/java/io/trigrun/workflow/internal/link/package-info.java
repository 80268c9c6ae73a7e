/** Links to waits: who has one may do what it is for, and nothing else. Pure. */
@NullMarked
package io.trigrun.workflow.internal.link;

import org.jspecify.annotations.NullMarked;
