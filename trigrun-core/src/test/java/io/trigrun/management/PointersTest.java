package io.trigrun.management;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointersTest {

  @ParameterizedTest
  @CsvSource({
    "name, /name",
    "retry_policy.max_attempts, /retry_policy/max_attempts",
    "checks[0], /checks/0",
    "checks[0].path, /checks/0/path",
    "grid[1][2].x, /grid/1/2/x",
    "/a~1b, /a~1b"
  })
  void fields_become_json_pointers(String field, String pointer) {
    assertThat(Pointers.of(field)).isEqualTo(pointer);
  }
}
