package io.trigrun.workflow.internal.expression;

/**
 * A reference and where it stands.
 *
 * @param pointer a JSON pointer: {@code /steps/2/request/url}
 * @param hasDefault whether it may find nothing
 */
public record Located(String pointer, Reference reference, boolean hasDefault) {}
