package io.trigrun.workflow.internal.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "a.c ~ abc ~ true",
        "a.c ~ xabc ~ false",
        "[^a-c]+ ~ xyz ~ true",
        "[-a]+ ~ a-a ~ true",
        "[a-]+ ~ a-a ~ true",
        "\\p{Lu}\\p{Nd}{2,3} ~ A123 ~ true",
        "\\P{L} ~ a ~ false",
        "[\\p{L}_]* ~ Grün_e ~ true",
        "a{2} ~ aaa ~ false",
        "a{2,} ~ aaaaa ~ true",
        "(ab|c)?d ~ abd ~ true",
        "|a ~ a ~ true",
        "\\.\\* ~ .* ~ true",
        ". ~ 😀 ~ true"
      })
  void matches_as_rfc_9485_says(String regex, String text, boolean matches) {
    assertThat(Regex.parse(regex).orElseThrow().matches(text, true, new Steps()))
        .isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a**", "(a", "a)", "[", "[]", "[z-a]", "a{2,1}", "a{", "\\d", "\\p{Xx}", "\\", "*a", "[[]",
        "(?:a)", "a+?"
      })
  void refuses_what_is_none(String regex) {
    assertThat(Regex.parse(regex)).isEmpty();
  }

  @Property
  void agrees_with_the_platforms_own(
      @ForAll("regexes") String regex, @ForAll("texts") String text) {
    Regex ours = Regex.parse(regex).orElseThrow();
    Pattern theirs = Pattern.compile(regex);
    assertThat(ours.matches(text, true, new Steps())).isEqualTo(theirs.matcher(text).matches());
    assertThat(ours.matches(text, false, new Steps())).isEqualTo(theirs.matcher(text).find());
  }

  @Provide
  Arbitrary<String> regexes() {
    Arbitrary<String> atom = Arbitraries.of("a", "b", ".", "[ab]", "[^a]", "c", "^", "$");
    return Arbitraries.recursive(
        () -> atom,
        inner ->
            Arbitraries.oneOf(
                inner.tuple2().map(two -> two.get1() + two.get2()),
                inner.tuple2().map(two -> "(" + two.get1() + "|" + two.get2() + ")"),
                inner.map(one -> "(" + one + ")*"),
                inner.map(one -> "(" + one + ")?"),
                inner.map(one -> "(" + one + "){1,2}")),
        0,
        3);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars('a', 'b', 'c').ofMaxLength(8);
  }
}
