package io.trigrun;

import io.trigrun.validation.Problems;

/**
 * How much a workspace may hold (row S28). Immutable; start with {@link #standard()} or {@link
 * #unlimited()} and narrow.
 *
 * <pre>{@code
 * WorkspaceLimits free = WorkspaceLimits.standard().jobs(20).channels(3).payload(65_536);
 * }</pre>
 *
 * <p>What would be too much is refused with a {@link LimitExceededException}, a payload with a
 * {@code ValidationException}, and nothing is stored. The numbers hold strictly, also when many
 * nodes create the last one at the same time. A lower limit takes nothing away: what is there stays
 * and can be changed, and nothing new is let in until there is room. To create something that has a
 * limit, as many entries of an index are counted as there are, at most the limit.
 *
 * @param jobs 0 to 1,000,000, or {@link #UNLIMITED}; in whatever state
 * @param channels 0 to 1,000,000, or {@link #UNLIMITED}
 * @param secrets 0 to 1,000,000, or {@link #UNLIMITED}
 * @param monitors 0 to 1,000,000, or {@link #UNLIMITED}
 * @param payload the longest payload in characters of JSON, 1 to 16,777,216; {@link
 *     TrigRunBuilder#maxPayload} holds as well
 */
public record WorkspaceLimits(int jobs, int channels, int secrets, int monitors, int payload) {

  /** As many as one likes. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  private static final int MOST = 1_000_000;
  private static final int LONGEST_PAYLOAD = 16 * 1024 * 1024;

  public WorkspaceLimits {
    Problems problems = new Problems();
    checkCount("jobs", jobs, problems);
    checkCount("channels", channels, problems);
    checkCount("secrets", secrets, problems);
    checkCount("monitors", monitors, problems);
    problems.check(
        payload >= 1 && payload <= LONGEST_PAYLOAD,
        "workspace_limits.payload",
        "1 to 16,777,216",
        payload);
    problems.throwIfAny();
  }

  private static void checkCount(String what, int count, Problems problems) {
    problems.check(
        count >= 0 && (count <= MOST || count == UNLIMITED),
        "workspace_limits." + what,
        "0 to 1,000,000, or WorkspaceLimits.UNLIMITED",
        count);
  }

  /** 25 channels, and any number of all else: the default. */
  public static WorkspaceLimits standard() {
    return unlimited().channels(25);
  }

  /** Any number of everything. */
  public static WorkspaceLimits unlimited() {
    return new WorkspaceLimits(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, LONGEST_PAYLOAD);
  }

  public WorkspaceLimits jobs(int most) {
    return new WorkspaceLimits(most, channels, secrets, monitors, payload);
  }

  public WorkspaceLimits channels(int most) {
    return new WorkspaceLimits(jobs, most, secrets, monitors, payload);
  }

  public WorkspaceLimits secrets(int most) {
    return new WorkspaceLimits(jobs, channels, most, monitors, payload);
  }

  public WorkspaceLimits monitors(int most) {
    return new WorkspaceLimits(jobs, channels, secrets, most, payload);
  }

  public WorkspaceLimits payload(int characters) {
    return new WorkspaceLimits(jobs, channels, secrets, monitors, characters);
  }
}
