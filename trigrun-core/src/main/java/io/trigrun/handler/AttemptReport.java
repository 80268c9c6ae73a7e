package io.trigrun.handler;

import io.trigrun.AttemptStatus;
import io.trigrun.validation.StorableText;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an attempt leaves in the history besides its outcome. What no store can hold in its texts
 * (U+0000, unpaired surrogates) becomes U+FFFD.
 *
 * @param statusCode the HTTP status, or the exit code of a command, where there was one
 * @param bodyPreview the start of the answer; empty keeps the handler's log
 * @param headers headers of the answer that are worth keeping
 */
public record AttemptReport(
    AttemptStatus status,
    Optional<Integer> statusCode,
    Optional<String> bodyPreview,
    Map<String, String> headers) {

  private static final AttemptReport SUCCESS = of(AttemptStatus.SUCCESS);
  private static final AttemptReport ERROR = of(AttemptStatus.ERROR);

  public AttemptReport {
    bodyPreview = bodyPreview.map(StorableText::of);
    headers = storable(headers);
  }

  private static Map<String, String> storable(Map<String, String> headers) {
    boolean asItIs =
        headers.entrySet().stream()
            .allMatch(
                header ->
                    StorableText.isStorable(header.getKey())
                        && StorableText.isStorable(header.getValue()));
    return asItIs
        ? Map.copyOf(headers)
        : headers.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    header -> StorableText.of(header.getKey()),
                    header -> StorableText.of(header.getValue()),
                    (one, other) -> one));
  }

  private static AttemptReport of(AttemptStatus status) {
    return new AttemptReport(status, Optional.empty(), Optional.empty(), Map.of());
  }

  /** It went well, and there is no more to tell. */
  public static AttemptReport success() {
    return SUCCESS;
  }

  /** It failed, and there is no more to tell. */
  public static AttemptReport error() {
    return ERROR;
  }
}
