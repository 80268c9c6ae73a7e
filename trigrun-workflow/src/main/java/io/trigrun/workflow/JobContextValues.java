package io.trigrun.workflow;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The persistent contexts of a workspace's jobs (row W4): texts by key that runs leave for later
 * ones. Each key is as the last who wrote it has said, whoever writes others at the same time.
 */
public interface JobContextValues {

  /**
   * All of a job's, by key.
   *
   * @throws io.trigrun.NotFoundException if the workspace has no such job
   */
  Map<String, String> get(UUID jobId);

  /**
   * Changes some, and leaves the others alone.
   *
   * @param changes by key, 1 to 100 characters; no value deletes the key
   * @return all of them afterwards
   * @throws io.trigrun.NotFoundException if the workspace has no such job
   * @throws io.trigrun.validation.ValidationException if a key is no such key, or all together
   *     would be more than 262,144 characters of JSON
   */
  Map<String, String> patch(UUID jobId, Map<String, Optional<String>> changes);
}
