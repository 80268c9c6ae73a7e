package io.trigrun.examples.server;

import io.trigrun.inbound.PublicRoute;
import io.trigrun.route.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What answers have told so far: ids of things, tokens and cursors, for requests that follow. */
final class Found {

  private static final int MOST = 100;
  private static final Pattern ID = Pattern.compile("[{]\"id\":\"([0-9a-f-]{36})\"");
  private static final Pattern TOKEN =
      Pattern.compile("(?<=/v1)/(?:triggers|ping|resume|approvals)/[A-Za-z0-9_.-]+(?:/[a-z]+)?");
  private static final Pattern CURSOR = Pattern.compile("\"next_cursor\":\"([^\"]+)\"");

  private final Random random;
  private final Map<String, List<String>> ids = new HashMap<>();
  private final List<String> rules = new ArrayList<>();
  private final List<String> tokens = new ArrayList<>();
  private final List<String> cursors = new ArrayList<>(List.of("none"));

  Found(Random random) {
    this.random = random;
  }

  /** Keeps what the answer to a request of a path tells. */
  void read(String path, String answer) {
    keep(ids.computeIfAbsent(kind(path), none -> new ArrayList<>()), ID, answer);
    if (path.endsWith("/notification-rules")) {
      Matcher rule = ID.matcher(answer);
      while (rule.find()) {
        keep(rules, path + "/" + rule.group(1));
      }
    }
    keep(tokens, TOKEN, answer);
    keep(cursors, CURSOR, answer);
  }

  /** What an answer is about. */
  private static String kind(String path) {
    if (path.contains("/notification-rules")) {
      return "rule_id";
    }
    return path.endsWith("/run-now") ? "executions" : path.split("/", 3)[1];
  }

  private void keep(List<String> kept, Pattern pattern, String answer) {
    Matcher matcher = pattern.matcher(answer);
    while (matcher.find()) {
      keep(kept, matcher.group(matcher.groupCount()));
    }
  }

  private void keep(List<String> kept, String one) {
    if (kept.size() < MOST) {
      kept.add(one);
    } else if (random.nextInt(4) == 0) {
      kept.set(random.nextInt(MOST), one);
    }
  }

  /** Of anything. */
  String id() {
    return any(ids.getOrDefault(any(ids.keySet().stream().sorted().toList()), List.of()));
  }

  /** A path of the route with a token, mostly one that somebody has. */
  String path(PublicRoute route) {
    Pattern template = Pattern.compile(route.path().replace("{token}", "[^/]+"));
    List<String> fitting = tokens.stream().filter(template.asMatchPredicate()).toList();
    return fitting.isEmpty() ? route.path().replace("{token}", "nobody") : any(fitting);
  }

  /** Things that are not there any more. */
  void forget(String path) {
    for (String segment : path.split("/", -1)) {
      ids.values().forEach(some -> some.remove(segment));
    }
    rules.remove(path);
  }

  String cursor() {
    return any(cursors);
  }

  private String any(List<String> of) {
    return of.isEmpty() ? "nothing" : of.get(random.nextInt(of.size()));
  }

  /** A path of the route with ids for its parameters, some of them of other things. */
  String path(Route route) {
    if (route.path().endsWith("/{rule_id}") && random.nextInt(4) > 0) {
      Pattern template = Pattern.compile(route.path().replaceAll("[{][^}]*}", "[^/]+"));
      List<String> fitting = rules.stream().filter(template.asMatchPredicate()).toList();
      if (!fitting.isEmpty()) {
        return any(fitting);
      }
    }
    String path = route.path();
    for (String name : route.parameters()) {
      path = path.replace("{" + name + "}", value(route, name));
    }
    return path;
  }

  private String value(Route route, String name) {
    if (name.equals("name")) {
      return "a" + random.nextInt(20);
    }
    String kind = name.equals("id") ? route.segments().get(0) : name;
    return random.nextInt(8) == 0 ? id() : any(ids.getOrDefault(kind, List.of()));
  }

  /** The same body for something of another name, and about something that there is. */
  JsonNode named(JsonNode body) {
    if (!(body.deepCopy() instanceof ObjectNode object)) {
      return body;
    }
    if (object.has("name")) {
      object.put("name", "a" + random.nextInt(object.has("value") ? 20 : 10_000));
    }
    if (object.has("channel_id")) {
      object.put("channel_id", any(ids.getOrDefault("notification-channels", List.of())));
    }
    return object;
  }
}
