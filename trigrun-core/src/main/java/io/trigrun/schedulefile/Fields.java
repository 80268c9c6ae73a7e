package io.trigrun.schedulefile;

import io.trigrun.schedulefile.FileNode.Entry;
import io.trigrun.schedulefile.FileNode.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The fields of one mapping of a file. What is of the wrong type is noted as a problem and counts
 * as left out.
 *
 * @param path of the mapping, for messages
 */
record Fields(String path, FileNode node, FileProblems problems) {

  /** Of a value that should be a mapping; nothing stands for an empty one. */
  static Fields of(String path, FileNode node, FileProblems problems) {
    if (node.kind() != Kind.MAP && node.kind() != Kind.NOTHING) {
      problems.add(node.place(), path.isEmpty() ? "file" : path, "a mapping", node.kindInWords());
    }
    return new Fields(path, node, problems);
  }

  void refuseUnknown(Collection<String> known) {
    for (Entry entry : node.entries()) {
      if (!known.contains(entry.key())) {
        problems.unknownKey(entry, path, known);
      }
    }
  }

  Optional<FileNode> value(String name) {
    return node.entry(name).map(Entry::value);
  }

  boolean has(String name) {
    return node.entry(name).isPresent();
  }

  String field(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  void refuse(FileNode value, String name, String expected) {
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

  Optional<String> text(String name) {
    return ofKind(name, "a text", Kind.TEXT, Kind.NUMBER, Kind.SWITCH).map(FileNode::text);
  }

  Optional<Boolean> flag(String name) {
    return ofKind(name, "true or false", Kind.SWITCH)
        .map(value -> Boolean.parseBoolean(value.text().toLowerCase(Locale.ROOT)));
  }

  Optional<BigDecimal> number(String name) {
    return ofKind(name, "a number", Kind.NUMBER).map(FileNode::number);
  }

  Optional<Integer> integer(String name) {
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

  Optional<Duration> duration(String name) {
    Optional<FileNode> value = ofKind(name, Durations.EXPECTED, Kind.TEXT, Kind.NUMBER);
    Optional<Duration> duration = value.flatMap(node -> Durations.parse(node.text()));
    if (value.isPresent() && duration.isEmpty()) {
      problems.add(value.get().place(), field(name), Durations.EXPECTED, "something else");
    }
    return duration;
  }

  /** A list of texts, or one text by itself. */
  List<FileNode> texts(String name) {
    Optional<FileNode> value = value(name);
    if (value.isEmpty()) {
      return List.of();
    }
    return texts(value.get(), name);
  }

  List<FileNode> texts(FileNode value, String name) {
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

  /** Where a field of this mapping stands, as far as it is there. */
  Place placeOf(String name) {
    return node.placeOf(name).orElse(node.place());
  }
}
