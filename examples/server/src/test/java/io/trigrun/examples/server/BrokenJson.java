package io.trigrun.examples.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What may be wrong with JSON: in a place of it, or in its text. */
record BrokenJson(Random random) {

  private static final List<JsonNode> ODD =
      List.of(
              "null",
              "true",
              "0",
              "-1",
              "1.5",
              "1e400",
              "1e-400",
              "-0.0",
              "2147483648",
              "9223372036854775807",
              "9223372036854775808",
              "-9223372036854775809",
              "12345678901234567890.10",
              "\"\"",
              "\" \"",
              "\"a\"",
              "\"\\n\"",
              "\"\\u0000\"",
              "\"\\ud800\"",
              "\"\\u202e\\ufeff\\ud83d\\ude00\"",
              "\"1\"",
              "\"true\"",
              "\"2026-03-16T10:00:00Z\"",
              "\"2026-02-30T10:00:00Z\"",
              "\"+999999999-01-01T00:00:00Z\"",
              "\"P9999999999999D\"",
              "\"PT0S\"",
              "\"-PT1S\"",
              "\"999999d\"",
              "\"* * * * *\"",
              "\"0 0 30 2 *\"",
              "\"60-0 25 * * 8\"",
              "\"secret://\"",
              "\"secret://a\"",
              "\"secret://A b\"",
              "\"{{\"",
              "\"{{a}}{{\"",
              "\"{{job.name}} {{env.HOME}} {{steps.x.output}}\"",
              "\"https://[\"",
              "\"https://a.example:99999/\"",
              "\"http://127.0.0.1/\"",
              "\"file:///etc/passwd\"",
              "\"$..[?(@.a == 'b')]\"",
              "\"$[\"",
              "\"(a+)+(a+)+(a+)+$\"",
              "\"[\"",
              "\"__proto__\"",
              "\"019cf616-9100-7000-8000-4cdb31c23a2a\"",
              "\"recurring\"",
              "\"workflow\"",
              "[]",
              "{}",
              "[null]",
              "[[]]",
              "[\"a\",\"a\"]",
              "{\"\":0}",
              "{\"a/b~c\":{\"\\u0000\":1}}",
              "{\"run_at\":\"2030-03-16T10:00:00Z\"}",
              "{\"every_n_minutes\":5,\"cron\":\"* * * * *\"}")
          .stream()
          .map(JsonMapper.shared()::readTree)
          .toList();

  private static final List<String> CHUNKS =
      List.of(
          "null",
          ",",
          ":",
          "{",
          "}",
          "[",
          "]",
          "\"",
          "\\",
          "\0",
          "\u001f",
          "NaN",
          "Infinity",
          "1e999999999",
          "1e9999999999",
          "-",
          "01",
          "0x1F",
          "'",
          "//",
          "/*",
          "\ufeff",
          "true",
          "1".repeat(1_001),
          "\"name\":\"x\",",
          "\"a\":1,",
          "[".repeat(70),
          "{\"a\":".repeat(70));

  /** With something else in up to three places, or with less or more. */
  JsonNode odd(JsonNode good) {
    JsonNode odd = good.deepCopy();
    for (int i = random.nextInt(3); i >= 0; i--) {
      if (odd instanceof ObjectNode object) {
        spoil(object);
      }
    }
    return odd;
  }

  private void spoil(JsonNode node) {
    if (node instanceof ObjectNode object) {
      spoil(object);
    } else if (node instanceof ArrayNode array) {
      spoil(array);
    }
  }

  private void spoil(ObjectNode object) {
    List<String> names = new ArrayList<>(object.propertyNames());
    if (names.isEmpty() || random.nextInt(10) == 0) {
      object.set(any(List.of("a", "id", "state", "handler", "command", "config", "")), value());
      return;
    }
    String name = any(names);
    JsonNode value = object.path(name);
    if (value.isContainer() && !value.isEmpty() && random.nextInt(4) > 0) {
      spoil(value);
    } else if (random.nextInt(6) == 0) {
      object.remove(name);
    } else if (random.nextInt(12) == 0) {
      object.set(name + "s", value);
    } else {
      object.set(name, value());
    }
  }

  private void spoil(ArrayNode array) {
    if (array.isEmpty() || random.nextInt(8) == 0) {
      array.add(value());
      return;
    }
    int at = random.nextInt(array.size());
    if (array.get(at).isContainer() && random.nextInt(3) > 0) {
      spoil(array.get(at));
    } else if (random.nextInt(8) == 0) {
      JsonNode one = array.get(at);
      for (int i = 0; i < 600; i++) {
        array.add(one);
      }
    } else {
      array.set(at, value());
    }
  }

  private JsonNode value() {
    return random.nextInt(60) == 0
        ? JsonNodeFactory.instance.stringNode("x".repeat(10_000 * (1 + random.nextInt(20))))
        : any(ODD).deepCopy();
  }

  /** With something wrong in the text. */
  String torn(String good) {
    if (good.isEmpty()) {
      return any(CHUNKS);
    }
    int at = random.nextInt(good.length());
    return switch (random.nextInt(5)) {
      case 0 -> good.substring(0, at);
      case 1 -> good.substring(0, at) + good.substring(Math.min(good.length(), at + 3));
      case 2 -> good.replaceFirst("\\{", "{\"name\":\"x\",");
      case 3 -> withValue(good, good.indexOf(':', at) + 1);
      default -> good.substring(0, at) + any(CHUNKS) + good.substring(at);
    };
  }

  private String withValue(String good, int at) {
    String rest = good.substring(at);
    return good.substring(0, at) + any(CHUNKS) + rest.replaceFirst("^(\"[^\"]*\"|[^,\\[{}]+)", "");
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
