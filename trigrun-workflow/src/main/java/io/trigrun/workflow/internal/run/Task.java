package io.trigrun.workflow.internal.run;

import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.internal.expression.Scope;

/**
 * An attempt to be made.
 *
 * @param key the step's key
 * @param scope what its templates find
 */
record Task(String key, Step step, int attempt, Loops loops, Scope scope) {

  Task attempt(int number) {
    return new Task(key, step, number, loops, scope);
  }
}
