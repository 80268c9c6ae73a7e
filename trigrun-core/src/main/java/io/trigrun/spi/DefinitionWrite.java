package io.trigrun.spi;

import java.util.UUID;

/** A change of one definition, by compare-and-set on its version. */
public sealed interface DefinitionWrite {

  /** The definition it is about. */
  UUID id();

  /**
   * Creates or replaces a definition. {@link Definition#version()} is the version it gets: 1
   * creates, and refuses an id that exists; n replaces version n - 1, and refuses any other.
   */
  record Save(Definition definition) implements DefinitionWrite {
    @Override
    public UUID id() {
      return definition.id();
    }
  }

  /**
   * Deletes a definition and those it owns. Refused while a definition outside of them references
   * one of them, or if {@code version} is not the current one.
   */
  record Delete(UUID id, long version) implements DefinitionWrite {}
}
