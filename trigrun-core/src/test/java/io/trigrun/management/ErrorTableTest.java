package io.trigrun.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.route.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorTableTest {

  @Test
  void the_table_of_the_docs_is_the_enum() throws IOException {
    List<String> expected =
        Arrays.stream(ErrorCode.values())
            .map(
                code ->
                    "| `%s` | %d | %s |".formatted(code.wireName(), code.status(), code.meaning()))
            .toList();
    assertThat(Files.readAllLines(Path.of("../docs/http.md")))
        .filteredOn(line -> line.matches("\\| `[a-z_]+` \\| \\d{3} \\|.*"))
        .isEqualTo(expected);
  }
}
