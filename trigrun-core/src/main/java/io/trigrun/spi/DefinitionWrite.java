package io.trigrun.spi;

import java.util.UUID;

/** A change of one definition, by compare-and-set on its version. */
public sealed interface DefinitionWrite {

  /** The definition it is about. */
  UUID id();

  /**
   * Creates or replaces a definition. {@link Definition#version()} is the version it gets: 1
   * creates, and refuses an id that exists; n replaces version n - 1, and refuses any other.
   *
   * @param most how many definitions of its workspace and kind there may be once the whole set is
   *     stored, 0 or more. Refuses a creation only, and holds strictly: of several that create the
   *     last one at the same time, on whichever node, one gets through
   */
  record Save(Definition definition, int most) implements DefinitionWrite {

    /** However many there are. */
    public Save(Definition definition) {
      this(definition, Integer.MAX_VALUE);
    }

    /** Whether a store has to count because of it. */
    public boolean isLimited() {
      return definition.version() == 1 && most < Integer.MAX_VALUE;
    }

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
