package io.trigrun.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decodes a body by its {@code Content-Type}; UTF-8 where that says nothing usable. */
final class BodyText {
  private static final Pattern CHARSET =
      Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([A-Za-z0-9._:+-]{1,40})\"?");

  private BodyText() {}

  static String decode(HttpReply reply) {
    return decode(reply, reply.bytes().length);
  }

  /** The first bytes only; a character cut by the limit is left out, malformed ones replaced. */
  static String decode(HttpReply reply, int maxBytes) {
    int length = Math.min(maxBytes, reply.bytes().length);
    boolean complete = !reply.truncated() && length == reply.bytes().length;
    CharsetDecoder decoder =
        charset(reply)
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    CharBuffer text =
        CharBuffer.allocate((int) Math.ceil(length * (double) decoder.maxCharsPerByte()) + 8);
    decoder.decode(ByteBuffer.wrap(reply.bytes(), 0, length), text, complete);
    if (complete) {
      decoder.flush(text);
    }
    String decoded = text.flip().toString();
    return decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
  }

  private static Charset charset(HttpReply reply) {
    Matcher named = CHARSET.matcher(reply.header("content-type").orElse(""));
    if (!named.find()) {
      return StandardCharsets.UTF_8;
    }
    return supported(Optional.ofNullable(named.group(1)).orElse("")).orElse(StandardCharsets.UTF_8);
  }

  private static Optional<Charset> supported(String name) {
    try {
      return Optional.of(Charset.forName(name.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
