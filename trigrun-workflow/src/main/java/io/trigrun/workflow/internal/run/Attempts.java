package io.trigrun.workflow.internal.run;

import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.StepOptions.OnCrash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The attempts of steps that are under way, are to be started, and are to be given up. */
final class Attempts {

  private final Map<String, Active.Running> running = new LinkedHashMap<>();
  private final List<Task> tasks = new ArrayList<>();
  private final List<String> givenUp = new ArrayList<>();

  /** The next walk comes by all that is under way. */
  void clear() {
    running.clear();
  }

  /** One is to be under way. */
  void run(Step step, Loops loops, Active.Running attempt, RunScope scope) {
    String key = loops.key(step.id());
    running.put(key, attempt);
    if (!attempt.isLaunched) {
      attempt.isLaunched = true;
      tasks.add(new Task(key, step, attempt.attempt, loops, scope));
    }
  }

  /** One has ended. One that nobody waits for any more is let go. */
  void completed(String key, TaskResult result) {
    Active.Running attempt = running.get(key);
    if (attempt != null) {
      attempt.result = result;
    }
  }

  void giveUp(String key) {
    givenUp.add(key);
    tasks.removeIf(task -> task.key().equals(key));
  }

  /** The run has ended. */
  void startNone() {
    tasks.clear();
  }

  /**
   * Nothing was on record when others lost the run: attempts that are to be made now were made by
   * them already, for all anybody knows.
   */
  void lostBefore(int claims) {
    tasks.replaceAll(
        task -> {
          Active.Running attempt = running.get(task.key());
          if (attempt == null || attempt.isRecovered) {
            return task;
          }
          attempt.attempt += claims;
          return task.attempt(attempt.attempt);
        });
  }

  /** Whether one is to be started whose beginning has to be on record first. */
  boolean hasUnrepeatable() {
    return tasks.stream().anyMatch(task -> task.step().options().onCrash() == OnCrash.FAIL);
  }

  boolean hasTasks() {
    return !tasks.isEmpty();
  }

  List<Task> takeTasks() {
    List<Task> taken = List.copyOf(tasks);
    tasks.clear();
    return taken;
  }

  List<String> takeGivenUp() {
    List<String> taken = List.copyOf(givenUp);
    givenUp.clear();
    return taken;
  }
}
