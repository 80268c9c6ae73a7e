package io.trigrun.schedulefile;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A value in a schedule file, and where it stands. Immutable; {@link #toString} shows no value. */
public final class FileNode {

  /** What a value is. */
  public enum Kind {
    TEXT("a text"),
    NUMBER("a number"),
    SWITCH("true or false"),
    NOTHING("nothing"),
    LIST("a list"),
    MAP("a mapping");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /** A key of a mapping, with its value. */
  public record Entry(String key, Place keyPlace, FileNode value) {}

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Pattern SEGMENT =
      Pattern.compile("\\[(?<index>\\d{1,6})]|(?<name>[^.\\[]+)");
  private static final int LONGEST_SHOWN = 60;

  private final Kind kind;
  private final Place place;
  private final String text;
  private final BigDecimal number;
  private final List<FileNode> items;
  private final List<Entry> entries;
  private final long weight;
  private final int height;

  private FileNode(
      Kind kind,
      Place place,
      String text,
      BigDecimal number,
      List<FileNode> items,
      List<Entry> entries) {
    this.kind = kind;
    this.place = place;
    this.text = text;
    this.number = number;
    this.items = List.copyOf(items);
    this.entries = List.copyOf(entries);
    long sum = 1L + text.length();
    int deepest = 0;
    for (FileNode item : items) {
      sum += item.weight;
      deepest = Math.max(deepest, item.height);
    }
    for (Entry entry : entries) {
      sum += entry.key().length() + entry.value().weight;
      deepest = Math.max(deepest, entry.value().height);
    }
    this.weight = sum;
    this.height = kind == Kind.LIST || kind == Kind.MAP ? deepest + 1 : 0;
  }

  static FileNode scalar(Kind kind, Place place, String text) {
    return new FileNode(kind, place, text, BigDecimal.ZERO, List.of(), List.of());
  }

  static FileNode number(Place place, String text, BigDecimal value) {
    return new FileNode(Kind.NUMBER, place, text, value, List.of(), List.of());
  }

  static FileNode list(Place place, List<FileNode> items) {
    return new FileNode(Kind.LIST, place, "", BigDecimal.ZERO, items, List.of());
  }

  static FileNode map(Place place, List<Entry> entries) {
    return new FileNode(Kind.MAP, place, "", BigDecimal.ZERO, List.of(), entries);
  }

  public Kind kind() {
    return kind;
  }

  /** Where it begins. */
  public Place place() {
    return place;
  }

  /** A text, a number or a switch as it was written, without quotes; empty for all others. */
  public String text() {
    return text;
  }

  /** Whether it is a text, a number or a switch. */
  public boolean isScalar() {
    return kind == Kind.TEXT || kind == Kind.NUMBER || kind == Kind.SWITCH;
  }

  /** The value of a number; 0 for all others. */
  public BigDecimal number() {
    return number;
  }

  /** The values of a list; empty for all others. */
  public List<FileNode> items() {
    return items;
  }

  /** The entries of a mapping, in their order; empty for all others. */
  public List<Entry> entries() {
    return entries;
  }

  /** An entry of a mapping. One without a value counts as left out. */
  public Optional<Entry> entry(String key) {
    return entries.stream()
        .filter(entry -> entry.key().equals(key) && entry.value().kind != Kind.NOTHING)
        .findFirst();
  }

  /** What it is, for messages: {@code a mapping}. */
  public String kindInWords() {
    return kind.words;
  }

  /** As a JSON text. */
  public String json() {
    return MAPPER.writeValueAsString(tree());
  }

  private JsonNode tree() {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (kind) {
      case TEXT -> nodes.stringNode(text);
      case NUMBER ->
          number.scale() <= 0
              ? nodes.numberNode(number.toBigIntegerExact())
              : nodes.numberNode(number);
      case SWITCH -> nodes.booleanNode(Boolean.parseBoolean(text.toLowerCase(Locale.ROOT)));
      case NOTHING -> nodes.nullNode();
      case LIST -> {
        ArrayNode array = nodes.arrayNode();
        items.forEach(item -> array.add(item.tree()));
        yield array;
      }
      case MAP -> {
        ObjectNode object = nodes.objectNode();
        entries.forEach(entry -> object.set(entry.key(), entry.value().tree()));
        yield object;
      }
    };
  }

  /** How much it would be without aliases, in characters or so. */
  long weight() {
    return weight;
  }

  /** How many levels of lists and mappings it has, itself included. */
  int height() {
    return height;
  }

  /**
   * Where a path such as {@code request.checks[0].path} leads to, as far as it is there; empty if
   * not even its beginning is.
   */
  public Optional<Place> placeOf(String path) {
    Matcher segment = SEGMENT.matcher(path);
    FileNode here = this;
    Optional<Place> found = Optional.empty();
    while (segment.find()) {
      String index = segment.group("index");
      Optional<FileNode> next = index == null ? step(here, segment.group("name")) : at(here, index);
      if (next.isEmpty()) {
        return found;
      }
      here = next.get();
      found = Optional.of(here.place);
    }
    return found;
  }

  private static Optional<FileNode> step(FileNode map, String key) {
    return map.entry(key).map(Entry::value);
  }

  private static Optional<FileNode> at(FileNode list, String index) {
    int i = Integer.parseInt(index);
    return i < list.items.size() ? Optional.of(list.items.get(i)) : Optional.empty();
  }

  /** A key as a message may show it. */
  public static String shown(String key) {
    String plain = key.codePoints().anyMatch(Character::isISOControl) ? "(unprintable)" : key;
    return plain.length() <= LONGEST_SHOWN ? plain : plain.substring(0, LONGEST_SHOWN);
  }

  @Override
  public String toString() {
    return kind + " at " + place;
  }
}
