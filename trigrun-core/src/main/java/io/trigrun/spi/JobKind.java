package io.trigrun.spi;

import io.trigrun.Job;
import io.trigrun.JobAction;
import io.trigrun.JobSpec;
import io.trigrun.Workspace;
import io.trigrun.route.Call;
import io.trigrun.route.JsonObject;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.Shape;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A kind of job that an {@link Extension} runs, as the HTTP surface for management says it (row
 * H1): its word is {@link ExtensionAction#kind()} of its jobs. Name, schedule, labels and all else
 * that every job has is core's affair. Thread-safe.
 *
 * <pre>{@code
 * POST /jobs {"name": "order-review", "kind": "workflow", "schedule": {"cron": "0 * * * *"}, "steps": [...]}
 * }</pre>
 */
public interface JobKind {

  /** The word in {@code kind}: {@code workflow}. */
  String name();

  /** Whether its jobs may have a {@code schedule}. Without one they run when somebody asks. */
  default boolean isScheduled() {
    return true;
  }

  /**
   * What requests say of such a job beside what all jobs have: {@code steps}. What is required here
   * is required of new jobs. Answers have the same fields but for those that are {@linkplain
   * io.trigrun.route.TextShape#secret() secret}. The name of the shape does not count.
   */
  ObjectShape settings();

  /**
   * Requests that create one, as JSON and by unique names, for the document: {@code workflow_job}.
   */
  default Map<String, String> examples() {
    return Map.of();
  }

  /** What answers say beyond that. Nothing unless it is said. */
  default ObjectShape facts() {
    return Shape.object("NoFacts", "Nothing");
  }

  /** What the answer to the creation of a job says beyond that, once. Nothing unless it is said. */
  default ObjectShape shownOnce() {
    return Shape.object("NothingOnce", "Nothing");
  }

  /**
   * What such a job does.
   *
   * @param settings all of them, as {@link #settings} says, among those that all jobs have; of an
   *     update those that stay, too, but no secret ones
   * @throws io.trigrun.validation.ValidationException with all that is wrong, by names or pointers
   *     that begin with the fields of {@link #settings}
   */
  JobAction action(JsonObject settings);

  /** The settings of a stored job as a request would say them, without secrets. */
  JsonObject settings(Job job);

  /**
   * The {@link #facts} of jobs of this kind, all that are shown at once; of those that are not in
   * the map there are none.
   */
  default Map<UUID, JsonObject> facts(Call call, List<Job> jobs) {
    return Map.of();
  }

  /**
   * Saves a new job with what belongs to it.
   *
   * @param spec as it is to be saved
   * @param isDraft whether it is not to be active yet
   * @param body the request, secrets included
   * @return the job and its {@link #shownOnce}
   */
  default Created create(Call call, JobSpec spec, boolean isDraft, JsonObject body) {
    Workspace workspace = call.workspace();
    Job job = isDraft ? workspace.jobs().draft(spec) : workspace.jobs().create(spec);
    return new Created(job, JsonObject.builder().build());
  }

  /**
   * Saves a changed job with what belongs to it.
   *
   * @param job as it was read
   * @param spec as it is to be saved
   * @param change the request: what is to be different, secrets included
   * @throws io.trigrun.StaleVersionException if somebody else was faster: it is read and tried
   *     again then, unless the caller wants it as it was
   */
  default Job update(Call call, Job job, JobSpec spec, JsonObject change) {
    return call.workspace().jobs().update(job.id(), job.version(), spec);
  }

  /** A new job and what is shown of it only now. */
  record Created(Job job, JsonObject shownOnce) {}
}
