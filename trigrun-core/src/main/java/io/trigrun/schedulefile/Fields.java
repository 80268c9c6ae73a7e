package io.trigrun.schedulefile;

import io.trigrun.Labels;
import io.trigrun.schedulefile.FileNode.Entry;
import io.trigrun.schedulefile.FileNode.Kind;
import io.trigrun.validation.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The fields of one mapping of a file, for those who read a part of it. What is of the wrong type
 * is noted as a problem and counts as left out. Not for use by several threads.
 *
 * @param path of the mapping, for messages; empty for that of the whole file
 * @param problems where problems are noted
 */
public record Fields(String path, FileNode node, FileProblems problems) {

  /** Of a value that should be a mapping; nothing stands for an empty one. */
  public static Fields of(String path, FileNode node, FileProblems problems) {
    if (node.kind() != Kind.MAP && node.kind() != Kind.NOTHING) {
      problems.add(node.place(), path.isEmpty() ? "file" : path, "a mapping", node.kindInWords());
    }
    return new Fields(path, node, problems);
  }

  /** Notes each key that is not one of these. */
  public void refuseUnknown(Collection<String> known) {
    for (Entry entry : node.entries()) {
      if (!known.contains(entry.key())) {
        problems.unknownKey(entry, path, known);
      }
    }
  }

  /** A value of whatever kind; one that is nothing counts as left out. */
  public Optional<FileNode> value(String name) {
    return node.entry(name).map(Entry::value);
  }

  /** Whether there is a value. */
  public boolean has(String name) {
    return node.entry(name).isPresent();
  }

  /** What a field is called in messages. */
  public String field(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Notes that a value is not what it should be. */
  public void refuse(FileNode value, String name, String expected) {
    problems.add(value.place(), field(name), expected, value.kindInWords());
  }

  private Optional<FileNode> ofKind(String name, String expected, Kind... kinds) {
    Optional<FileNode> value = value(name);
    if (value.isPresent() && !List.of(kinds).contains(value.get().kind())) {
      refuse(value.get(), name, expected);
      return Optional.empty();
    }
    return value;
  }

  /** A text; a number or a switch as it is written. */
  public Optional<String> text(String name) {
    return ofKind(name, "a text", Kind.TEXT, Kind.NUMBER, Kind.SWITCH).map(FileNode::text);
  }

  /** A switch. */
  public Optional<Boolean> flag(String name) {
    return ofKind(name, "true or false", Kind.SWITCH)
        .map(value -> Boolean.parseBoolean(value.text().toLowerCase(Locale.ROOT)));
  }

  Optional<BigDecimal> number(String name) {
    return ofKind(name, "a number", Kind.NUMBER).map(FileNode::number);
  }

  /** A whole number. */
  public Optional<Integer> integer(String name) {
    Optional<FileNode> value = ofKind(name, "a whole number", Kind.NUMBER);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(value.get().number().intValueExact());
    } catch (ArithmeticException e) {
      problems.add(
          value.get().place(), field(name), "a whole number", "one with a fraction, or too large");
      return Optional.empty();
    }
  }

  /** A duration such as {@code 1h30m} or {@code PT90S}. */
  public Optional<Duration> duration(String name) {
    Optional<FileNode> value = ofKind(name, Durations.EXPECTED, Kind.TEXT, Kind.NUMBER);
    Optional<Duration> duration = value.flatMap(node -> Durations.parse(node.text()));
    if (value.isPresent() && duration.isEmpty()) {
      problems.add(value.get().place(), field(name), Durations.EXPECTED, "something else");
    }
    return duration;
  }

  /** A list of texts, or one text by itself. */
  public List<FileNode> texts(String name) {
    Optional<FileNode> value = value(name);
    if (value.isEmpty()) {
      return List.of();
    }
    return texts(value.get(), name);
  }

  /** As {@link #texts(String)}, of a value that is somewhere else. */
  public List<FileNode> texts(FileNode value, String name) {
    if (value.isScalar()) {
      return List.of(value);
    }
    if (value.kind() != Kind.LIST) {
      refuse(value, name, "a list of texts");
      return List.of();
    }
    List<FileNode> texts = new ArrayList<>();
    for (FileNode item : value.items()) {
      if (item.isScalar()) {
        texts.add(item);
      } else {
        refuse(item, name, "a text");
      }
    }
    return texts;
  }

  /**
   * Its labels; none unless they are given.
   *
   * @throws io.trigrun.validation.ValidationException naming {@code labels}
   */
  Labels labels() {
    return Labels.of(texts("labels").stream().map(FileNode::text).toList());
  }

  /** Where a field of this mapping stands, as far as it is there. */
  public Place placeOf(String name) {
    return node.placeOf(name).orElse(node.place());
  }
}
