package io.trigrun.trace;

import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in a trace, as W3C Trace Context puts it into headers: which trace, and which span of it
 * goes on here. It is kept with an execution and may end up at whoever is called, so it is not the
 * place for secrets.
 *
 * @param traceparent version, trace id, span id and flags: {@code
 *     00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01}
 * @param tracestate what tracers add to it: 1 to 512 printable characters of ASCII
 */
public record TraceContext(String traceparent, Optional<String> tracestate) {

  /** The longest {@code tracestate}. */
  public static final int MAX_TRACESTATE = 512;

  private static final Pattern TRACEPARENT =
      Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
  private static final Pattern TRACESTATE = Pattern.compile("[ -~]{1," + MAX_TRACESTATE + "}");

  /**
   * @throws io.trigrun.validation.ValidationException if a part is not of its form
   */
  public TraceContext {
    Problems problems = new Problems();
    problems.check(
        TRACEPARENT.matcher(traceparent).matches(),
        "traceparent",
        "version, trace id, span id and flags in lower-case hexadecimal, such as"
            + " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        traceparent);
    tracestate.ifPresent(
        state ->
            problems.check(
                TRACESTATE.matcher(state).matches(),
                "tracestate",
                "1 to 512 printable characters of ASCII",
                state));
    problems.throwIfAny();
  }

  /**
   * Without a {@code tracestate}.
   *
   * @throws io.trigrun.validation.ValidationException if it is not of the form
   */
  public static TraceContext of(String traceparent) {
    return new TraceContext(traceparent, Optional.empty());
  }

  /** 32 hexadecimal digits. */
  public String traceId() {
    return traceparent.substring(3, 35);
  }

  /** 16 hexadecimal digits: the span that goes on here. */
  public String spanId() {
    return traceparent.substring(36, 52);
  }

  /** As headers of a call, {@code traceparent} first. */
  public Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("traceparent", traceparent);
    tracestate.ifPresent(state -> headers.put("tracestate", state));
    return headers;
  }

  /** In one line or two, for stores: at most 568 characters. {@link #parse} reads it. */
  public String text() {
    return tracestate.map(state -> traceparent + "\n" + state).orElse(traceparent);
  }

  /** What {@link #text} wrote; empty if it is something else, since no work may fail for that. */
  public static Optional<TraceContext> parse(String text) {
    int end = text.indexOf('\n');
    try {
      return Optional.of(
          end < 0
              ? of(text)
              : new TraceContext(text.substring(0, end), Optional.of(text.substring(end + 1))));
    } catch (ValidationException e) {
      return Optional.empty();
    }
  }
}
