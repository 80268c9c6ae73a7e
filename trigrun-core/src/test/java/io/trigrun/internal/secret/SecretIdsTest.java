package io.trigrun.internal.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.JobSpec;
import io.trigrun.http.HttpAction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SecretIdsTest {

  @Test
  void an_id_is_the_same_for_ever_because_jobs_have_stored_it() {
    assertThat(SecretIds.of("default", "api-key"))
        .isEqualTo(UUID.fromString("52373641-d790-806c-82a1-5d8cafba235d"));
  }

  @Test
  void no_two_names_and_no_two_workspaces_share_one() {
    Set<UUID> ids = new HashSet<>();
    for (String workspace : List.of("", "a", "ab", "abc")) {
      for (String name : List.of("", "c", "bc", "abc", "A", "a")) {
        ids.add(SecretIds.of(workspace, name));
      }
    }
    assertThat(ids).hasSize(24).allSatisfy(id -> assertThat(id.version()).isEqualTo(8));
  }

  @Test
  void a_job_names_what_stands_in_its_headers_and_nothing_else() {
    HttpAction action =
        HttpAction.post("http://127.0.0.1/?a=secret://url")
            .header("A", "secret://one secret://two")
            .header("B", "x-secret://one;")
            .body("secret://body")
            .build();

    assertThat(SecretIds.namedBy(JobSpec.named("job").action(action).build()))
        .containsExactlyInAnyOrder("one", "two");
    assertThat(SecretIds.namedBy(JobSpec.named("job").handler("work").build())).isEmpty();
  }
}
