package io.trigrun.http;

import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The rules for the parts of an {@link HttpAction}, shared by its builder and its constructor. */
final class ActionRules {
  private static final Pattern OUTPUT_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,63}");

  private ActionRules() {}

  static void checkTimeout(Duration timeout) {
    Problems.require(
        timeout.compareTo(Duration.ofSeconds(1)) >= 0
            && timeout.compareTo(Duration.ofSeconds(300)) <= 0
            && timeout.equals(Duration.ofSeconds(timeout.toSeconds())),
        "request.timeout_seconds",
        "1 to 300 whole seconds",
        timeout);
  }

  static void checkStatuses(Collection<Integer> statuses) {
    Problems.require(
        !statuses.isEmpty() && statuses.stream().allMatch(s -> s >= 100 && s <= 599),
        "request.success_statuses",
        "one or more statuses from 100 to 599",
        statuses);
  }

  static void checkHeaders(Map<String, String> headers) {
    Problems problems = new Problems();
    problems.check(
        headers.size() <= HeaderRules.MAX_COUNT,
        "request.headers",
        "at most " + HeaderRules.MAX_COUNT + " headers",
        headers.size());
    Map<String, String> seen = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(
        (name, value) -> {
          collect(problems, () -> checkHeader(name, value));
          problems.check(
              seen.put(name, name) == null,
              HeaderRules.field(name),
              "each header once, whatever its case",
              "it twice");
        });
    problems.throwIfAny();
  }

  static void checkHeader(String name, String value) {
    HeaderRules.checkName(name);
    Problems.require(
        !TracingHeaders.DEFAULT.owns(name),
        HeaderRules.field(name),
        "no tracing header: the scheduler sets it on each request",
        name);
    HeaderRules.checkValue(name, value);
    SecretReferences.check(name, value);
    TemplateVariable.parse(HeaderRules.field(name), value);
  }

  static void checkOutput(String name, String selector) {
    Problems.require(
        OUTPUT_NAME.matcher(name).matches(),
        "request.output." + Texts.cut(name, 64),
        "a name of 1 to 64 letters, digits, _ . or -, first a letter or _",
        Texts.quoted(name));
    ReplySelector.parse("request.output." + name, selector);
  }

  static void collect(Problems problems, Runnable check) {
    try {
      check.run();
    } catch (ValidationException e) {
      problems.addAll(e);
    }
  }
}
