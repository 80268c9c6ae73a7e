package io.trigrun.management;

import io.trigrun.Workspace;
import io.trigrun.route.Role;

/**
 * Somebody who may do something.
 *
 * @param name for people: of a token, of a user
 * @param workspace all that they act in
 * @param role what they may do there
 */
public record Caller(String name, String workspace, Role role) {

  /**
   * Checks the workspace.
   *
   * @throws io.trigrun.validation.ValidationException if the workspace's name is none
   */
  public Caller {
    Workspace.requireName(workspace);
  }
}
