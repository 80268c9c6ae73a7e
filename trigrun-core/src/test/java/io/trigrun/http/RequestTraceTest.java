package io.trigrun.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.trace.TraceContext;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trace goes out with a request (row S26), unless the job has a say in it. */
class RequestTraceTest {

  private static final TraceContext TRACE =
      new TraceContext(
          "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", Optional.of("a=1"));
  private static final RunStamp RUN =
      RunStamp.of("job-1", new UUID(1, 2), Instant.EPOCH, 1).withTrace(Optional.of(TRACE));

  private static HttpCall render(HttpAction action, RunStamp run) {
    return RequestTemplate.of(action).render(run, TracingHeaders.DEFAULT, SecretLookup.none());
  }

  @Test
  void a_request_of_an_attempt_in_a_trace_says_so() {
    HttpAction action = HttpAction.get("http://a").build();
    assertThat(render(action, RUN).headers())
        .containsEntry("traceparent", TRACE.traceparent())
        .containsEntry("tracestate", "a=1");
    assertThat(render(action, RUN.withAttempt(2)).headers()).containsKey("traceparent");
    assertThat(render(action, RUN.withTrace(Optional.empty())).headers())
        .doesNotContainKeys("traceparent", "tracestate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Traceparent", "TRACESTATE"})
  void a_job_that_sets_one_of_the_two_headers_sets_both(String name) {
    HttpAction action = HttpAction.get("http://a").header(name, "mine").build();
    assertThat(render(action, RUN).headers())
        .containsEntry(name, "mine")
        .doesNotContainValue(TRACE.traceparent())
        .doesNotContainValue("a=1");
  }
}
