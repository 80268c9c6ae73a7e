package io.trigrun.workflow.internal.jsonpath;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Reads a regular expression by the grammar of RFC 9485. */
final class RegexParser {

  private static final int DEEPEST = 50;
  private static final int MOST_REPEATS = 1_000_000;

  private final String text;
  private int at;
  private int depth;

  RegexParser(String text) {
    this.text = text;
  }

  RegexPart parse() {
    RegexPart expression = choice();
    require(at == text.length(), "the end");
    return expression;
  }

  private RegexPart choice() {
    List<RegexPart> branches = new ArrayList<>();
    do {
      branches.add(branch());
    } while (take('|'));
    return branches.size() == 1 ? branches.get(0) : new RegexPart.Choice(List.copyOf(branches));
  }

  private RegexPart branch() {
    List<RegexPart> parts = new ArrayList<>();
    while (at < text.length() && !isAt('|') && !isAt(')')) {
      parts.add(repeated(atom()));
    }
    return parts.size() == 1 ? parts.get(0) : new RegexPart.Sequence(List.copyOf(parts));
  }

  private RegexPart repeated(RegexPart part) {
    if (take('*')) {
      return new RegexPart.Repeat(part, 0, RegexPart.Repeat.UNBOUNDED);
    }
    if (take('+')) {
      return new RegexPart.Repeat(part, 1, RegexPart.Repeat.UNBOUNDED);
    }
    if (take('?')) {
      return new RegexPart.Repeat(part, 0, 1);
    }
    if (!take('{')) {
      return part;
    }
    int least = number();
    int most = least;
    if (take(',')) {
      most = isAt('}') ? RegexPart.Repeat.UNBOUNDED : number();
    }
    require(take('}'), "}");
    require(most == RegexPart.Repeat.UNBOUNDED || most >= least, "a larger number");
    return new RegexPart.Repeat(part, least, most);
  }

  private int number() {
    int from = at;
    int value = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      value = Math.min(value * 10 + text.charAt(at) - '0', MOST_REPEATS);
      at++;
    }
    require(at > from, "a number");
    return value;
  }

  private RegexPart atom() {
    if (take('(')) {
      if (++depth > DEEPEST) {
        throw new QueryLimitException(DEEPEST + " levels of its regular expression");
      }
      RegexPart group = choice();
      depth--;
      require(take(')'), ")");
      return group;
    }
    if (isAt('^') || isAt('$')) {
      boolean isStart = take('^');
      at += isStart ? 0 : 1;
      return new RegexPart.Edge(isStart);
    }
    if (take('.')) {
      return new RegexPart.OneOf(c -> c != '\n' && c != '\r');
    }
    if (take('[')) {
      return new RegexPart.OneOf(characterClass());
    }
    if (isAt('\\')) {
      return new RegexPart.OneOf(isCategory() ? category() : is(escaped()));
    }
    require("*+?]{}".indexOf(text.charAt(at)) < 0, "a character (escape it by \\)");
    return new RegexPart.OneOf(is(character()));
  }

  private static IntPredicate is(int character) {
    return c -> c == character;
  }

  private int character() {
    int c = text.codePointAt(at);
    require(c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE, "no unpaired surrogate");
    at += Character.charCount(c);
    return c;
  }

  private boolean isCategory() {
    return text.startsWith("\\p{", at) || text.startsWith("\\P{", at);
  }

  private IntPredicate category() {
    boolean isNegative = text.charAt(at + 1) == 'P';
    int from = at + 3;
    int end = text.indexOf('}', from);
    require(end > from, "a category and }");
    IntPredicate known = Categories.named(text.substring(from, end));
    require(known != RegexProgram.NOTHING, "a category such as Lu or N");
    at = end + 1;
    return isNegative ? known.negate() : known;
  }

  private int escaped() {
    require(take('\\') && at < text.length(), "what the backslash escapes");
    char c = text.charAt(at);
    int control = "nrt".indexOf(c);
    require(control >= 0 || "()*+-.?[\\]^{|}".indexOf(c) >= 0, "a character that needs a \\");
    at++;
    return control >= 0 ? "\n\r\t".charAt(control) : c;
  }

  private IntPredicate characterClass() {
    boolean isNegative = take('^');
    List<IntPredicate> members = new ArrayList<>();
    if (take('-')) {
      members.add(is('-'));
    }
    while (at < text.length() && !isAt(']')) {
      if (take('-')) {
        require(isAt(']'), "] after the last -");
        members.add(is('-'));
      } else {
        members.add(isCategory() ? category() : range());
      }
    }
    require(!members.isEmpty() && take(']'), "a character, and ]");
    IntPredicate any = c -> members.stream().anyMatch(member -> member.test(c));
    return isNegative ? any.negate() : any;
  }

  private IntPredicate range() {
    int first = classCharacter();
    if (!isAt('-') || text.startsWith("-]", at)) {
      return is(first);
    }
    at++;
    require(at < text.length() && !isAt('-'), "the end of a range");
    int last = classCharacter();
    require(first <= last, "a range in order");
    return c -> c >= first && c <= last;
  }

  private int classCharacter() {
    if (isAt('\\')) {
      return escaped();
    }
    require(at < text.length() && !isAt('[') && !isAt(']'), "a character (escape it by \\)");
    return character();
  }

  private boolean isAt(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private boolean take(char c) {
    boolean isThere = isAt(c);
    at += isThere ? 1 : 0;
    return isThere;
  }

  private void require(boolean isRight, String expected) {
    if (!isRight) {
      throw new QuerySyntaxException(expected, at);
    }
  }
}
