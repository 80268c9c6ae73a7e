package io.trigrun.workflow.internal.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The compliance test suite of the JSONPath working group, where there is a copy of its {@code
 * cts.json}: {@code -Dtrigrun.jsonpath.cts=<file>}.
 */
class ComplianceTest {

  @TestFactory
  Stream<DynamicTest> the_suite_of_the_working_group() throws IOException {
    String file = System.getProperty("trigrun.jsonpath.cts", "");
    assumeTrue(!file.isEmpty(), "no -Dtrigrun.jsonpath.cts=<cts.json>");
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode test :
        JsonMapper.shared().readTree(Files.readString(Path.of(file))).get("tests")) {
      tests.add(DynamicTest.dynamicTest(test.get("name").asString(), () -> check(test)));
    }
    return tests.stream();
  }

  private static void check(JsonNode test) {
    String selector = test.get("selector").stringValue();
    if (test.has("invalid_selector")) {
      assertThatThrownBy(() -> Query.parse(selector)).isInstanceOf(QuerySyntaxException.class);
      return;
    }
    List<JsonNode> found = Query.parse(selector).find(test.get("document"));
    if (test.has("result")) {
      assertThat(found).containsExactlyElementsOf(test.get("result"));
    } else {
      assertThat(test.get("results").values().stream().map(r -> List.copyOf(r.values())))
          .contains(found);
    }
  }
}
