package io.trigrun;

import io.trigrun.validation.Problems;

/**
 * How far a running execution has come, in its handler's own words.
 *
 * @param fraction 0 to 1
 * @param message what it is doing; may be empty
 */
public record Progress(double fraction, String message) {

  public Progress {
    Problems.require(
        fraction >= 0 && fraction <= 1, "progress", "a fraction from 0 to 1", fraction);
  }
}
