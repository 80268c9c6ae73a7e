package io.trigrun.notify;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes what must not be kept out of what receivers and transports say. */
record Redaction(List<String> unwanted) {

  private static final int SHORTEST = 4; // less would cut ordinary words to pieces

  Redaction {
    unwanted =
        unwanted.stream()
            .filter(text -> text.length() >= SHORTEST)
            .sorted(Comparator.comparing(String::length).reversed())
            .toList();
  }

  /** The secrets of a channel and the query of its URL. */
  static Redaction of(Destination destination, URI url) {
    Stream<String> secrets =
        destination.secretNames().stream()
            .flatMap(name -> destination.settings().text(name).stream());
    Stream<String> query =
        Stream.of(url.getRawQuery(), url.getQuery())
            .flatMap(text -> Optional.ofNullable(text).stream());
    return new Redaction(Stream.concat(secrets, query).toList());
  }

  String apply(String text) {
    String clean = text;
    for (String secret : unwanted) {
      clean = clean.replace(secret, "***");
    }
    return clean;
  }

  /** Shows nothing: it is made of secrets. */
  @Override
  public String toString() {
    return "Redaction[" + unwanted.size() + "]";
  }
}
