package io.trigrun.workflow.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.Json;
import io.trigrun.http.ResponseCheck;
import io.trigrun.validation.Problem;
import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import io.trigrun.workflow.internal.expression.JsonText;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepRequestTest {

  private static final String FULL =
      """
      {"url":"https://api.example.com/orders/{{context.id}}?q={{trigger.query.q}}","method":"POST",\
      "headers":{"X-Kind":"{{context.kind}}","Authorization":"Bearer {{secret.token}}",\
      "X-Key":"secret://other.key"},"body":{"order":"{{trigger.body}}","n":1.50},\
      "timeout_seconds":20,"success_statuses":[200,409],\
      "checks":[{"source":"body","op":"contains","value":"ok"}]}""";

  @Test
  void json_is_the_same_both_ways() {
    StepRequest request = read(FULL);
    assertThat(request.toJson().toString()).isEqualTo(FULL);
    assertThat(read(request.toJson().toString())).isEqualTo(request).hasSameHashCodeAs(request);
  }

  @Test
  void java_and_json_are_one_model() {
    StepRequest built =
        StepRequest.post("https://api.example.com/orders/{{context.id}}?q={{trigger.query.q}}")
            .header("X-Kind", "{{context.kind}}")
            .header("Authorization", "Bearer {{secret.token}}")
            .header("X-Key", "secret://other.key")
            .jsonBody("{\"order\":\"{{trigger.body}}\",\"n\":1.50}")
            .timeout(Duration.ofSeconds(20))
            .successStatuses(200, 409)
            .expect(ResponseCheck.bodyContains("ok"))
            .build();
    assertThat(built).isEqualTo(read(FULL));
    assertThat(built.secretNames()).containsExactly("other.key", "token");
    assertThat(built.host()).isEqualTo("api.example.com");
    assertThat(built.body().map(Json::text))
        .contains("{\"order\":\"{{trigger.body}}\",\"n\":1.50}");
    assertThat(built.toString()).doesNotContain("Bearer", "orders", "q=");
  }

  @Test
  void what_is_left_out_is_as_in_jobs() {
    StepRequest request = StepRequest.get("https://api.example.com/x").build();
    assertThat(request.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(request.successStatuses()).containsExactly(200, 201, 202, 204);
    assertThat(read("{\"url\":\"https://api.example.com/x\"}")).isEqualTo(request);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{} ~ /p/url",
        "{'url':5} ~ /p/url",
        "{'url':'{{context.url}}'} ~ /p/url",
        "{'url':'https://{{context.host}}/x'} ~ /p/url",
        "{'url':'{{context.scheme}}://h/x'} ~ /p/url",
        "{'url':'https://h:{{context.port}}/x'} ~ /p/url",
        "{'url':'https://h{{context.rest}}'} ~ /p/url",
        "{'url':'https://h/#{{context.a}}'} ~ /p/url",
        "{'url':'https://h/{{secret.token}}'} ~ /p/url",
        "{'url':'https://h/?k={{secret.token}}'} ~ /p/url",
        "{'url':'https://h/{{nope}}'} ~ /p/url",
        "{'url':'https://h/%{{context.a}}'} ~ /p/url",
        "{'url':'https://h/','headers':{'X-A':5}} ~ /p/headers/X-A",
        "{'url':'https://h/','headers':{'X-A':'{{nope}}'}} ~ /p/headers/X-A",
        "{'url':'https://h/','headers':{'X-A':'secret://a{{context.b}}'}} ~ /p/headers/X-A",
        "{'url':'https://h/','headers':{'X-A':'secret://'}} ~ /p/headers/X-A",
        "{'url':'https://h/','headers':{'X-A':'a\\nb'}} ~ /p/headers/X-A",
        "{'url':'https://h/','headers':{'Host':'a'}} ~ /p/headers/Host",
        "{'url':'https://h/','headers':{'X.{{context.a}}':'a'}} ~ /p/headers/X.{{context.a}}",
        "{'url':'https://h/','headers':{'x-trigrun-attempt':'1'}} ~ /p/headers/x-trigrun-attempt",
        "{'url':'https://h/','method':'POST','body':{'{{context.k}}':1}} ~ /p/body/{{context.k}}",
        "{'url':'https://h/','method':'POST','body':{'a':['{{nope}}']}} ~ /p/body/a/0",
        "{'url':'https://h/','method':'POST','body':5} ~ /p/body",
        "{'url':'https://h/','body':'x'} ~ /p/body",
        "{'url':'https://h/','timeout_seconds':0} ~ /p/timeout_seconds",
        "{'url':'https://h/','checks':[{'source':'x'}]} ~ /p/checks/0/source",
        "{'url':'https://h/','output':{'a':'/b'}} ~ /p/output",
        "{'url':'https://h/','nope':1} ~ /p/nope",
        "{'url':'https://h/','method':'POST','body':'{{secret.a}}','follow_redirects':true}"
            + " ~ /p/follow_redirects",
        "[] ~ /p"
      })
  void a_mistake_is_told_with_its_place(String json, String pointer) {
    assertThat(problems(json.strip().replace('\'', '"')))
        .extracting(Problem::field)
        .isNotEmpty()
        .containsOnly(pointer);
  }

  @Test
  void all_mistakes_are_told_at_once() {
    assertThat(
            problems(
                """
                {"url":"ftp://h/{{nope}}","headers":{"Host":"{{contxt.a}}"},"timeout_seconds":900,
                 "method":"POST","body":{"a":"{{x}}"}}
                """))
        .extracting(Problem::field)
        .containsExactlyInAnyOrder(
            "/p/url",
            "/p/url",
            "/p/headers/Host",
            "/p/headers/Host",
            "/p/timeout_seconds",
            "/p/body/a");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 500, 301_000})
  void a_builder_refuses_at_once(long millis) {
    assertThatThrownBy(() -> StepRequest.get("https://h/").timeout(Duration.ofMillis(millis)))
        .hasMessageContaining("/request/timeout_seconds: expected 1 to 300 whole seconds");
  }

  @Test
  void a_builder_tells_all_problems_of_what_holds_placeholders() {
    assertThatThrownBy(
            () -> StepRequest.get("https://{{context.h}}/").header("X", "{{nope}}").build())
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("/request/url")
        .hasMessageContaining("/request/headers/X");
  }

  private static StepRequest read(String json) {
    Problems problems = new Problems();
    Optional<StepRequest> request = StepRequest.fromJson("/p", JsonText.read(json), problems);
    problems.throwIfAny();
    return request.orElseThrow();
  }

  private static Iterable<Problem> problems(String json) {
    Problems problems = new Problems();
    assertThat(StepRequest.fromJson("/p", JsonText.read(json), problems)).isEmpty();
    try {
      problems.throwIfAny();
    } catch (ValidationException e) {
      return e.problems();
    }
    throw new AssertionError("expected problems, got none");
  }
}
