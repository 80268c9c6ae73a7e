package io.trigrun.spi;

import io.trigrun.Cursor;
import io.trigrun.validation.Problems;
import java.util.Optional;
import java.util.UUID;

/**
 * Which definitions to list.
 *
 * @param workspace empty for those of all workspaces
 * @param kind what they are
 * @param owner only the parts of this definition
 * @param references only those that reference this definition
 * @param after only what follows this place
 * @param limit 1 to 1,000
 */
public record DefinitionQuery(
    Optional<String> workspace,
    String kind,
    Optional<UUID> owner,
    Optional<UUID> references,
    Optional<Cursor> after,
    int limit) {

  public DefinitionQuery {
    Problems.require(limit >= 1 && limit <= 1_000, "limit", "1 to 1,000", limit);
  }

  /** All of a kind in a workspace. */
  public static DefinitionQuery of(String workspace, String kind) {
    return new DefinitionQuery(
        Optional.of(workspace), kind, Optional.empty(), Optional.empty(), Optional.empty(), 50);
  }

  /** All of a kind in all workspaces. */
  public static DefinitionQuery ofAllWorkspaces(String kind) {
    return new DefinitionQuery(
        Optional.empty(), kind, Optional.empty(), Optional.empty(), Optional.empty(), 50);
  }

  public DefinitionQuery ownedBy(UUID id) {
    return new DefinitionQuery(workspace, kind, Optional.of(id), references, after, limit);
  }

  public DefinitionQuery referencing(UUID id) {
    return new DefinitionQuery(workspace, kind, owner, Optional.of(id), after, limit);
  }

  public DefinitionQuery after(Cursor place) {
    return new DefinitionQuery(workspace, kind, owner, references, Optional.of(place), limit);
  }

  public DefinitionQuery limit(int count) {
    return new DefinitionQuery(workspace, kind, owner, references, after, count);
  }
}
