package io.trigrun.notify;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Takes what must not be kept out of what receivers and transports say. */
record Redaction(List<String> unwanted) {

  private static final int SHORTEST = 4; // less would cut ordinary words to pieces

  Redaction {
    List<String> longestFirst = new ArrayList<>(unwanted);
    longestFirst.removeIf(text -> text.length() < SHORTEST);
    longestFirst.sort(Comparator.comparingInt(String::length).reversed());
    unwanted = List.copyOf(longestFirst);
  }

  /** The secrets of a channel. */
  static Redaction of(Destination destination) {
    return new Redaction(secrets(destination));
  }

  /** The secrets of a channel and the query of its URL. */
  static Redaction of(Destination destination, URI url) {
    List<String> unwanted = secrets(destination);
    Optional.ofNullable(url.getRawQuery()).ifPresent(unwanted::add);
    Optional.ofNullable(url.getQuery()).ifPresent(unwanted::add);
    return new Redaction(unwanted);
  }

  private static List<String> secrets(Destination destination) {
    List<String> secrets = new ArrayList<>();
    for (String name : destination.secretNames()) {
      destination.settings().text(name).ifPresent(secrets::add);
    }
    return secrets;
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
