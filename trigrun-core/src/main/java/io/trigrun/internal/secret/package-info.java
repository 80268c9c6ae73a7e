/**
 * Keeps secrets as definitions of kind {@code secret}.
 *
 * <p>The id of such a definition follows from workspace and name ({@link
 * io.trigrun.internal.secret.SecretIds}). Whatever names a secret refers to that id, so the store
 * itself refuses to delete what is named; a name that has no value yet is a definition without one,
 * made by the write that names it first.
 */
@NullMarked
package io.trigrun.internal.secret;

import org.jspecify.annotations.NullMarked;
