package io.trigrun.notify;

import io.trigrun.notify.provider.ChannelSpec;
import io.trigrun.notify.provider.Settings;
import io.trigrun.schedulefile.Fields;
import io.trigrun.schedulefile.FileNode;
import io.trigrun.schedulefile.FileNode.Entry;
import io.trigrun.schedulefile.Place;
import io.trigrun.schedulefile.SchedulePlan.Action;
import io.trigrun.schedulefile.SchedulePlan.Change;
import io.trigrun.schedulefile.SchedulePlan.Field;
import io.trigrun.secret.NoCipherException;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.Host;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The channels of a schedule file, next to those that are stored. For one thread, once. */
final class FileChannels {

  private static final String WORD = "channel";

  /**
   * Where a channel stands.
   *
   * @param path what it is called in messages
   * @param fields where a field such as {@code config.url} stands
   */
  record Where(
      Place place, String path, Function<Problem, String> names, Function<String, Place> fields) {}

  private final FileDrafting drafting;
  private final Host host;
  private final Providers providers;
  private final ChannelVault vault;
  private final Map<String, Optional<UUID>> known = new HashMap<>();

  FileChannels(FileDrafting drafting, Host host, Providers providers, ChannelVault vault) {
    this.drafting = drafting;
    this.host = host;
    this.providers = providers;
    this.vault = vault;
  }

  /** Reads the section. */
  void read(FileNode section) {
    Fields all = Fields.of("channels", section, drafting.problems);
    for (Entry entry : section.entries()) {
      int before = drafting.problems.count();
      Fields fields =
          Fields.of(all.field(FileNode.shown(entry.key())), entry.value(), drafting.problems);
      fields.refuseUnknown(List.of("type", "config"));
      Optional<String> type = fields.text("type");
      if (!fields.has("type")) {
        drafting.problems.add(
            entry.keyPlace(), fields.field("type"), "one of " + providers.types(), "none");
      }
      Settings settings = FileSettings.read(fields);
      known.put(entry.key(), Optional.empty());
      if (type.isPresent() && drafting.problems.count() == before) {
        draft(
            ChannelSpec.of(entry.key(), type.get(), settings),
            new Where(
                entry.keyPlace(),
                fields.path(),
                problem -> fields.field(problem.field()),
                field -> entry.value().placeOf(field).orElse(entry.keyPlace())));
      }
    }
  }

  /** The id of a channel of the file, or of another one; what is wrong is noted. */
  Optional<UUID> find(String name, Place place, String field) {
    if (known.containsKey(name)) {
      return known.getOrDefault(name, Optional.empty());
    }
    Optional<UUID> id = drafting.others(ChannelDefinition.KIND, name).map(Definition::id);
    if (id.isEmpty()) {
      drafting.problems.add(
          place, field, "the name of a channel of this file or of the workspace", "another one");
    }
    return id;
  }

  /** Checks a channel, and notes what becomes of it; empty if something is wrong with it. */
  Optional<UUID> draft(ChannelSpec spec, Where where) {
    Optional<UUID> id = Optional.empty();
    try {
      id = draftOrThrow(spec, where);
    } catch (ValidationException e) {
      for (Problem problem : e.problems()) {
        drafting.problems.add(
            where.fields().apply(problem.field()),
            where.names().apply(problem),
            problem.expected(),
            problem.got());
      }
    } catch (NoCipherException e) {
      drafting.problems.add(
          where.place(),
          where.path(),
          "a TrigRun that can encrypt its secrets",
          "one that can't: " + e.getMessage());
    }
    known.put(spec.name(), id);
    return id;
  }

  private Optional<UUID> draftOrThrow(ChannelSpec spec, Where where) {
    Optional<Definition> old = drafting.own(ChannelDefinition.KIND, spec.name());
    if (old.isEmpty() && drafting.others(ChannelDefinition.KIND, spec.name()).isPresent()) {
      drafting.problems.add(
          where.place(),
          where.path(),
          "a name that no channel has but those this file has created",
          "the name of another: delete that one, or take another name");
      return Optional.empty();
    }
    Optional<String> type = old.map(ChannelDocument::typeOf).filter(it -> !it.equals(spec.type()));
    if (type.isPresent()) {
      drafting.problems.add(
          where.fields().apply("type"),
          where.path() + ".type",
          type.get() + " as before, or another name for the channel",
          "another one");
      return Optional.empty();
    }
    String workspace = drafting.input.workspace();
    // Secrets that a file leaves out are gone: what it says is all there is.
    ChannelDraft fresh =
        ChannelDraft.of(spec, workspace, providers, vault, host.transport().egress());
    ChannelDraft draft = old.map(fresh::following).orElse(fresh);
    if (old.isPresent() && draft.isAs(old.get(), vault)) {
      note(old.get().id(), Action.UNCHANGED, spec, List.of());
      return old.map(Definition::id);
    }
    Instant now = drafting.input.now();
    UUID id = old.map(Definition::id).orElseGet(() -> TimeOrderedId.at(now));
    ChannelDocument document = draft.document(workspace, id, vault);
    var secrets = ChannelVault.names(document);
    var references = host.secrets().references(workspace, secrets);
    Definition definition =
        old.map(
                it ->
                    ChannelDefinition.replaced(it, spec.name(), document.write(), references, now))
            .orElseGet(
                () ->
                    ChannelDefinition.created(
                        id, workspace, spec.name(), document.write(), references, now));
    drafting.save(new DefinitionWrite.Save(definition, host.limits(workspace).channels()), secrets);
    if (old.isPresent()) {
      List<Field> fields =
          FileSettings.difference(ChannelDocument.read(old.get().document()), document);
      note(id, Action.CHANGED, spec, fields);
    } else {
      note(id, Action.CREATED, spec, List.of());
    }
    return Optional.of(id);
  }

  private void note(UUID id, Action action, ChannelSpec spec, List<Field> fields) {
    drafting.note(id, new Change(action, WORD, spec.name(), fields));
  }
}
