package io.trigrun;

import io.trigrun.validation.StorableText;

/**
 * Why an execution failed or was cancelled.
 *
 * <p>What no store can hold in either (U+0000, unpaired surrogates) becomes U+FFFD.
 *
 * @param errorClass a short, stable word: {@code HTTP_5XX}, {@code TIMEOUT}, an exception's simple
 *     name
 * @param message what happened, in a sentence; at most 2,000 characters
 */
public record Failure(String errorClass, String message) {

  private static final int MAX_MESSAGE = 2_000;

  public Failure {
    if (message.length() > MAX_MESSAGE) {
      int end =
          Character.isHighSurrogate(message.charAt(MAX_MESSAGE - 1))
              ? MAX_MESSAGE - 1
              : MAX_MESSAGE;
      message = message.substring(0, end);
    }
    errorClass = StorableText.of(errorClass);
    message = StorableText.of(message);
  }
}
