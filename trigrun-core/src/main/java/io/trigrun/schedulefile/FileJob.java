package io.trigrun.schedulefile;

import io.trigrun.JobSpec;
import io.trigrun.TriggerEvent;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A job of a schedule file.
 *
 * @param spec what it does and when; jobs that it starts are named, whether they exist or not
 * @param place where its name stands
 * @param targets where the jobs stand that it starts
 * @param hooks what else is to happen on its events, in the file's order, those of the whole file
 *     last
 * @param places where a field such as {@code schedule.cron} stands
 */
public record FileJob(
    JobSpec spec,
    Place place,
    Map<TriggerEvent, Map<String, Place>> targets,
    List<FileHook> hooks,
    Function<String, Place> places) {

  public FileJob {
    targets = Map.copyOf(targets);
    hooks = List.copyOf(hooks);
  }

  public String name() {
    return spec.name();
  }

  /** What it is called in messages. */
  public String path() {
    return "jobs." + FileNode.shown(name());
  }
}
