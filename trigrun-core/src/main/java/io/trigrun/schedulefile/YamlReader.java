package io.trigrun.schedulefile;

import io.trigrun.schedulefile.FileNode.Entry;
import io.trigrun.schedulefile.FileNode.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * YAML 1.2 as values with places, made from the parser's events, so that depth and size are bounded
 * while reading and no text can exhaust stack or memory. One use.
 */
final class YamlReader {

  static final int LONGEST = 1_048_576;
  static final int DEEPEST = 30;

  /** What a file may come to once its aliases are followed. */
  static final long HEAVIEST = 4L * LONGEST;

  private static final int MOST_DIGITS = 100;
  private static final String FILE = "file";

  /** A list or mapping that is not yet at its end. */
  private static final class Open {
    final boolean isMap;
    final Place place;
    final Optional<String> anchor;
    final List<FileNode> values = new ArrayList<>();

    Open(boolean isMap, Place place, Optional<String> anchor) {
      this.isMap = isMap;
      this.place = place;
      this.anchor = anchor;
    }
  }

  private final FileProblems problems;
  private final ScalarResolver resolver = new CoreSchema().getScalarResolver();
  private final Deque<Open> open = new ArrayDeque<>();
  private final Map<String, FileNode> anchors = new HashMap<>();
  private @Nullable FileNode root;
  private int documents;
  private long weight;

  YamlReader(FileProblems problems) {
    this.problems = problems;
  }

  /** The whole file as one value; empty if it is none, which is a problem then. */
  Optional<FileNode> read(String text) {
    if (text.length() > LONGEST) {
      problems.add(
          Place.START, FILE, "at most " + LONGEST + " characters", text.length() + " characters");
      return Optional.empty();
    }
    LoadSettings settings =
        LoadSettings.builder().setUseMarks(true).setCodePointLimit(LONGEST * 3).build();
    try {
      Parser events = new ParserImpl(settings, new StreamReader(settings, text));
      while (events.hasNext()) {
        if (!take(events.next())) {
          return Optional.empty();
        }
      }
    } catch (MarkedYamlEngineException e) { // its message quotes the text
      Place at =
          e.getProblemMark().or(e::getContextMark).map(YamlReader::place).orElse(Place.START);
      problems.add(at, FILE, "YAML 1.2", "a mistake here: " + plain(e.getProblem()));
      return Optional.empty();
    } catch (YamlEngineException e) {
      problems.add(Place.START, FILE, "YAML 1.2", "a text that is not, such as one with NUL");
      return Optional.empty();
    }
    return Optional.ofNullable(root);
  }

  /** What the parser complains of, without what it found. */
  private static String plain(@Nullable String problem) {
    String text = problem == null ? "" : problem;
    int quote = Math.min(indexOf(text, '\''), Math.min(indexOf(text, '"'), indexOf(text, '(')));
    String words = text.substring(0, quote).strip();
    return words.isEmpty() ? "cannot be read" : words;
  }

  private static int indexOf(String text, char mark) {
    int index = text.indexOf(mark);
    return index < 0 ? text.length() : index;
  }

  /** Whether reading may go on. */
  private boolean take(Event event) {
    Place at = event.getStartMark().map(YamlReader::place).orElse(Place.START);
    if (event instanceof DocumentStartEvent && ++documents > 1) {
      problems.add(at, FILE, "one YAML document", "another one");
      return false;
    }
    if (event instanceof CollectionStartEvent start) {
      refuseTag(start.getTag(), at);
      open.push(new Open(start instanceof MappingStartEvent, at, anchor(start)));
      if (open.size() > DEEPEST) {
        problems.add(at, FILE, "at most " + DEEPEST + " levels", "one more");
        return false;
      }
      return true;
    }
    if (event instanceof CollectionEndEvent) {
      Open ended = open.pop();
      FileNode node =
          ended.isMap ? map(ended) : FileNode.list(ended.place, List.copyOf(ended.values));
      ended.anchor.ifPresent(name -> anchors.put(name, node));
      return keep(node);
    }
    if (event instanceof ScalarEvent scalar) {
      FileNode node = scalar(scalar, at);
      anchor(scalar).ifPresent(name -> anchors.put(name, node));
      weight += node.weight();
      return keep(node);
    }
    return !(event instanceof AliasEvent alias) || follow(alias, at);
  }

  private boolean follow(AliasEvent event, Place at) {
    Optional<FileNode> node = Optional.ofNullable(anchors.get(event.getAlias().getValue()));
    if (node.isEmpty()) {
      problems.add(at, FILE, "the alias of an anchor that ends before it", "another one");
      return keep(FileNode.scalar(Kind.NOTHING, at, ""));
    }
    weight += node.get().weight();
    if (weight > HEAVIEST) {
      problems.add(at, FILE, "aliases that come to at most " + HEAVIEST + " characters", "more");
      return false;
    }
    if (open.size() + node.get().height() > DEEPEST) {
      problems.add(at, FILE, "at most " + DEEPEST + " levels", "more, by an alias");
      return false;
    }
    return keep(node.get());
  }

  private static Optional<String> anchor(NodeEvent event) {
    return event.getAnchor().map(anchor -> anchor.getValue());
  }

  private boolean keep(FileNode node) {
    Open parent = open.peek();
    if (parent == null) {
      root = node;
    } else {
      parent.values.add(node);
    }
    return true;
  }

  private FileNode map(Open ended) {
    List<Entry> entries = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (int i = 0; i + 1 < ended.values.size(); i += 2) {
      FileNode key = ended.values.get(i);
      if (!key.isScalar()) {
        problems.add(key.place(), FILE, "a key that is a text", key.kindInWords());
      } else if (!keys.add(key.text())) {
        problems.add(key.place(), FileNode.shown(key.text()), "a key once", "it a second time");
      } else {
        entries.add(new Entry(key.text(), key.place(), ended.values.get(i + 1)));
      }
    }
    return FileNode.map(ended.place, entries);
  }

  private FileNode scalar(ScalarEvent event, Place at) {
    refuseTag(event.getTag(), at);
    String text = event.getValue();
    Tag tag = event.isPlain() ? resolver.resolve(text, true) : Tag.STR;
    if (tag.equals(Tag.NULL)) {
      return FileNode.scalar(Kind.NOTHING, at, "");
    }
    if (tag.equals(Tag.BOOL)) {
      return FileNode.scalar(Kind.SWITCH, at, text);
    }
    if (!tag.equals(Tag.INT) && !tag.equals(Tag.FLOAT)) {
      return FileNode.scalar(Kind.TEXT, at, text);
    }
    Optional<BigDecimal> number = number(text);
    if (number.isEmpty()) {
      problems.add(
          at, FILE, "a finite number of at most 100 digits, or a text in quotes", "another number");
    }
    return FileNode.number(at, text, number.orElse(BigDecimal.ONE));
  }

  private static Optional<BigDecimal> number(String text) {
    if (text.length() > MOST_DIGITS) {
      return Optional.empty();
    }
    try {
      if (text.startsWith("0x") || text.startsWith("0o")) {
        int radix = text.charAt(1) == 'x' ? 16 : 8;
        return Optional.of(new BigDecimal(new BigInteger(text.substring(2), radix)));
      }
      BigDecimal value = new BigDecimal(text);
      return Math.abs((long) value.scale()) <= MOST_DIGITS ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private void refuseTag(Optional<String> tag, Place at) {
    if (tag.isPresent()) {
      problems.add(at, FILE, "no tags", "one");
    }
  }

  private static Place place(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
