package io.trigrun.workflow.internal.run;

import io.trigrun.Job;
import io.trigrun.spi.Cancellation;
import io.trigrun.spi.MessageOutlet;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** What a {@link Machine} knows of the world around its run. */
public interface Surroundings {

  UUID executionId();

  String workspace();

  /** Where the run is claimed. */
  String queue();

  Instant scheduledFor();

  int attempt();

  /** The job's id and name, if it is one of a job. */
  Optional<Job> job();

  /** What has started the run: {@code {"body", "headers", "query"}}. */
  JsonNode trigger();

  /** The job's persistent context, an object of texts, as it is now. */
  JsonNode jobContext();

  /** Whether this node can call a handler. */
  boolean knows(String handler);

  /** The addresses of a wait; empty if this TrigRun has no keys for links. */
  Optional<Links> links(String waitKey, Optional<String> approver);

  /** Where to answer a wait. */
  record Links(String resumeUrl, String reviewUrl, String approveUrl, String rejectUrl) {}

  /**
   * Ends a wait because its time is up, unless somebody was faster.
   *
   * @return the input that counts
   */
  String expire(String waitKey);

  /**
   * A run of another job of the workspace, to be enqueued, or the one that was before under the
   * same key; empty if there is no such job.
   */
  Optional<NewExecution> child(String job, JsonNode input, String waitKey);

  /** How many runs wait for this one, one for another. */
  int depth();

  Optional<MessageOutlet> messages();

  /** What takes back a run that this one has started, and with it those that it waits for. */
  WriteSet cancel(Cancellation cancellation);

  /** A number from 0 to 1, for jitter. */
  RandomGenerator random();
}
