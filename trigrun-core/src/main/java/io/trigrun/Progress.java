package io.trigrun;

import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;

/**
 * How far a running execution has come, in its handler's own words.
 *
 * @param fraction 0 to 1
 * @param message what it is doing; may be empty; what no store can hold in it (U+0000, unpaired
 *     surrogates) becomes U+FFFD
 */
public record Progress(double fraction, String message) {

  public Progress {
    Problems.require(
        fraction >= 0 && fraction <= 1, "progress", "a fraction from 0 to 1", fraction);
    message = StorableText.of(message);
  }
}
