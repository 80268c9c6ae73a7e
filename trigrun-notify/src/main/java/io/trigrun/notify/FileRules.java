package io.trigrun.notify;

import io.trigrun.schedulefile.Fields;
import io.trigrun.schedulefile.FileNode;
import io.trigrun.schedulefile.FileNode.Kind;
import io.trigrun.schedulefile.Place;
import io.trigrun.schedulefile.SchedulePlan.Action;
import io.trigrun.schedulefile.SchedulePlan.Change;
import io.trigrun.schedulefile.SchedulePlan.Field;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.validation.Problem;
import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The rules of a schedule file, next to those that are stored. For one thread, once. */
final class FileRules {

  private static final String CHANNEL = "channel";
  private static final String EVENT = "event";
  private static final String JOB = "job";
  private static final String MONITOR = "monitor";
  private static final String LABEL = "label";
  private static final String WORKSPACE = "workspace";
  private static final List<String> SCOPES = List.of(JOB, MONITOR, LABEL, WORKSPACE);
  private static final List<String> KEYS =
      List.of(CHANNEL, EVENT, JOB, MONITOR, LABEL, WORKSPACE, FileFlapping.KEY);

  /**
   * What a rule is about.
   *
   * @param words for people: {@code job coffee}
   */
  record Scope(RuleScope scope, String words) {}

  private final FileDrafting drafting;
  private final FileChannels channels;
  private final OwnEvents ownEvents;
  private final Set<String> drafted = new HashSet<>();

  FileRules(FileDrafting drafting, FileChannels channels, OwnEvents ownEvents) {
    this.drafting = drafting;
    this.channels = channels;
    this.ownEvents = ownEvents;
  }

  static String name(String event, String scope, String channel) {
    return event + " of " + scope + " to " + channel;
  }

  /** Reads the section. */
  void read(FileNode section) {
    if (section.kind() != Kind.LIST && section.kind() != Kind.NOTHING) {
      drafting.problems.add(section.place(), "rules", "a list of rules", section.kindInWords());
    }
    for (int i = 0; i < section.items().size(); i++) {
      read(Fields.of("rules[" + i + "]", section.items().get(i), drafting.problems));
    }
  }

  private void read(Fields rule) {
    rule.refuseUnknown(KEYS);
    Optional<String> channel = required(rule, CHANNEL);
    List<FileNode> events = rule.texts(EVENT);
    if (!rule.has(EVENT)) {
      missing(rule, EVENT, "an event such as on_failure, or a list of them");
    }
    List<Scope> scopes = scopes(rule);
    Optional<UUID> id =
        channel.flatMap(name -> channels.find(name, rule.placeOf(CHANNEL), rule.field(CHANNEL)));
    RuleOptions options =
        FileFlapping.read(rule, drafting.problems)
            .map(RuleOptions.none()::withFlapping)
            .orElse(RuleOptions.none());
    for (FileNode word : events) {
      Optional<NotificationEvent> event =
          drafting.problems.attempt(
              rule.path(), field -> word.place(), () -> NotificationEvent.of(word.text()));
      for (Scope scope : scopes) {
        if (event.isPresent()
            && check(rule, scope, event.get(), options, word.place())
            && id.isPresent()) {
          boolean isNew =
              draft(
                  scope,
                  id.get(),
                  channel.orElse(""),
                  event.get(),
                  options,
                  word.place(),
                  rule.path());
          if (!isNew) {
            drafting.problems.add(
                word.place(), rule.path(), "each rule once, those of jobs included", "it again");
          }
        }
      }
    }
  }

  private Optional<String> required(Fields rule, String name) {
    if (!rule.has(name)) {
      missing(rule, name, "a name");
    }
    return rule.text(name);
  }

  private void missing(Fields rule, String name, String expected) {
    drafting.problems.add(rule.node().place(), rule.field(name), expected, "none");
  }

  private boolean check(
      Fields rule, Scope scope, NotificationEvent event, RuleOptions options, Place place) {
    Problems problems = new Problems();
    ownEvents.check(scope.scope(), event, problems);
    Rules.checkFlapping(event, options, problems);
    try {
      problems.throwIfAny();
      return true;
    } catch (ValidationException e) {
      for (Problem problem : e.problems()) {
        drafting.problems.add(
            place, rule.field(problem.field()), problem.expected(), problem.got());
      }
      return false;
    }
  }

  /** Those that are all right; empty if none is given, which is noted. */
  private List<Scope> scopes(Fields rule) {
    List<String> given = SCOPES.stream().filter(rule::has).toList();
    if (given.size() != 1) {
      drafting.problems.add(
          given.isEmpty() ? rule.node().place() : rule.placeOf(given.get(1)),
          rule.path(),
          "one of job, monitor, label and workspace",
          given.isEmpty() ? "none" : String.join(" and ", given));
      return List.of();
    }
    String kind = given.get(0);
    if (kind.equals(WORKSPACE)) {
      Optional<Boolean> whole = rule.flag(WORKSPACE);
      if (whole.isPresent() && !whole.get()) {
        drafting.problems.add(
            rule.placeOf(WORKSPACE), rule.field(WORKSPACE), "true, or no such key", "false");
      }
      return whole.filter(on -> on).stream()
          .map(on -> new Scope(RuleScope.workspace(), WORKSPACE))
          .toList();
    }
    List<Scope> scopes = new ArrayList<>();
    for (FileNode name : rule.texts(kind)) {
      scope(rule, kind, name)
          .ifPresent(scope -> scopes.add(new Scope(scope, kind + " " + name.text())));
    }
    return scopes;
  }

  private Optional<RuleScope> scope(Fields rule, String kind, FileNode name) {
    return switch (kind) {
      case JOB ->
          drafting
              .input
              .jobs()
              .find(name.text(), name.place(), rule.field(JOB))
              .map(RuleScope::job);
      case MONITOR ->
          drafting
              .input
              .monitors()
              .find(name.text(), name.place(), rule.field(MONITOR))
              .map(RuleScope::monitor);
      default ->
          drafting.problems.attempt(
              rule.path(), field -> name.place(), () -> RuleScope.label(name.text()));
    };
  }

  /**
   * Notes what becomes of a rule.
   *
   * @return false if the file has had it already
   */
  boolean draft(
      Scope scope,
      UUID channelId,
      String channel,
      NotificationEvent event,
      RuleOptions options,
      Place place,
      String path) {
    Instant now = drafting.input.now();
    Definition rule =
        RuleDocument.definition(
            TimeOrderedId.at(now),
            drafting.input.workspace(),
            scope.scope(),
            channelId,
            event,
            options.saved(),
            now);
    if (!drafted.add(rule.kind() + " " + rule.name())) {
      return false;
    }
    String name = name(event.ruleName(), scope.words(), channel);
    Optional<Definition> old = drafting.own(rule.kind(), rule.name());
    if (old.isPresent()) {
      update(old.get(), scope, channelId, event, options, name);
    } else if (drafting.others(rule.kind(), rule.name()).isPresent()) {
      drafting.problems.add(
          place, path, "a rule that nobody else has added", "one that is there: remove that one");
    } else {
      drafting.save(new DefinitionWrite.Save(rule), Set.of());
      drafting.note(rule.id(), new Change(Action.CREATED, "rule", name, List.of()));
    }
    return true;
  }

  /** Templates of a rule are not the file's affair; what flaps is. */
  private void update(
      Definition old,
      Scope scope,
      UUID channelId,
      NotificationEvent event,
      RuleOptions options,
      String name) {
    RuleOptions before = RuleDocument.read(old).options();
    RuleOptions after =
        new RuleOptions(before.digest(), before.template(), options.flapping()).saved();
    if (after.equals(before)) {
      drafting.note(old.id(), new Change(Action.UNCHANGED, "rule", name, List.of()));
      return;
    }
    Definition next =
        RuleDocument.replaced(old, scope.scope(), channelId, event, after, drafting.input.now());
    drafting.save(new DefinitionWrite.Save(next), Set.of());
    Field field =
        new Field(FileFlapping.KEY, FileFlapping.shown(before), FileFlapping.shown(after));
    drafting.note(old.id(), new Change(Action.CHANGED, "rule", name, List.of(field)));
  }
}
