package io.trigrun.notify.channel;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Texts that nobody would write in good faith, and any others. */
final class NastyTexts {

  static final List<String> CORPUS =
      List.of(
          "@everyone @channel <@U123> <!here> @all",
          "<at>Everybody</at>",
          "</pre><b>out</b><pre>",
          "<a href=\"https://evil.example\">Log in</a>",
          "[Log in](https://evil.example) **bold** _it_ `code` ```fence``` # head",
          "https://evil.example/x?a=b&c=d t.me/evil evil.example ftp://x.example",
          "{{DATE(2026-03-16T10:00:00Z,SHORT)}} {{{TIME(2026-03-16T10:00:00Z)}}} ${x}",
          "&amp;&lt;&#60;&quot;&nbsp;",
          "\u202Egnp.exe\u202C \u2066isolated\u2069 \u200Fmark",
          "\u0000\u0001\u0007\u001b[31mred\u001b[0m\u007f\u0085\u009b",
          "\ud800 lone \udc00 halves \udc00\ud800",
          "one\r\ntwo\rthree\u2028four\u2029five\nsix",
          "\"quotes\" 'and' \\back\\slashes\\ \\u0041 \"}],\"type\":\"x\"",
          "👩‍👩‍👧‍👦🏳️‍🌈👍🏽 e\u0301\u0301\u0301 नमस्ते",
          "#tag $CASH /command me@evil.example tg://resolve?domain=evil 10.0.0.1",
          "\uFFFE\uFFFF\uFEFF\u200B\u2060");

  private NastyTexts() {}

  /** From nothing to long, from harmless to nasty. */
  static Arbitrary<String> any(int longest) {
    Arbitrary<String> nasty =
        Arbitraries.of(CORPUS)
            .list()
            .ofMinSize(1)
            .ofMaxSize(8)
            .map(parts -> String.join("", parts));
    Arbitrary<String> repeated =
        Arbitraries.of("&", "<", "{", "@", ".", "\n", "\"", "\\", "界", "👍", "\u0301", "a")
            .flatMap(unit -> Arbitraries.integers().between(0, longest).map(unit::repeat));
    Arbitrary<String> unicode = Arbitraries.strings().all().ofMaxLength(Math.min(longest, 400));
    return Arbitraries.oneOf(nasty, repeated, unicode)
        .map(text -> text.length() <= longest ? text : text.substring(0, longest));
  }
}
