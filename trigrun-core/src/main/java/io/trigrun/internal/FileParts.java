package io.trigrun.internal;

import io.trigrun.schedulefile.FileNode;
import io.trigrun.schedulefile.FileProblems;
import io.trigrun.schedulefile.ScheduleFile;
import io.trigrun.schedulefile.SchedulePlan.Action;
import io.trigrun.schedulefile.SchedulePlan.Change;
import io.trigrun.spi.Definition;
import io.trigrun.spi.ScheduleFilePart;
import io.trigrun.validation.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What extensions understand of schedule files.
 *
 * @param sections the keys at the top of a file
 * @param hooks the keys below an event
 */
record FileParts(List<ScheduleFilePart> parts, Set<String> sections, Set<String> hooks) {

  private static final String TRIGGER_JOB = "trigger_job";

  // Known by name only, to tell hosts what they lack.
  private static final String CHANNELS = "channels";
  private static final String RULES = "rules";
  private static final String NOTIFY = "notify_";

  static FileParts of(List<ScheduleFilePart> parts) {
    Set<String> sections = new TreeSet<>(ScheduleFile.keys());
    Set<String> hooks = new TreeSet<>(Set.of(TRIGGER_JOB));
    Set<String> kinds = new HashSet<>(Set.of(JobDocument.KIND, FileRecord.KIND));
    for (ScheduleFilePart part : parts) {
      part.sections().forEach(key -> take(sections, key));
      part.hooks().forEach(key -> take(hooks, key));
      part.kinds().keySet().forEach(kind -> take(kinds, kind));
    }
    return new FileParts(List.copyOf(parts), sections, hooks);
  }

  private static void take(Set<String> taken, String key) {
    Problems.require(
        taken.add(key), "extension", "keys and kinds in schedule files that no other has", key);
  }

  void refuseUnknown(ScheduleFile file, FileProblems problems) {
    file.sections().stream()
        .filter(entry -> !sections.contains(entry.key()))
        .forEach(entry -> refuse(entry, "", sections, problems));
    file.hooks().stream()
        .filter(hook -> !hooks.contains(hook.entry().key()))
        .forEach(hook -> refuse(hook.entry(), hook.path(), hooks, problems));
  }

  private void refuse(FileNode.Entry entry, String path, Set<String> known, FileProblems problems) {
    if (!sections.contains(CHANNELS) && isOfNotifications(entry.key(), path)) {
      problems.add(
          entry.keyPlace(),
          path.isEmpty() ? entry.key() : path + "." + FileNode.shown(entry.key()),
          "a TrigRun with notifications: add trigrun-notify, and"
              + " TrigRun.builder().extension(Notifications.create())",
          "one without");
    } else {
      problems.unknownKey(entry, path, known);
    }
  }

  private static boolean isOfNotifications(String key, String path) {
    return path.isEmpty() ? key.equals(CHANNELS) || key.equals(RULES) : key.startsWith(NOTIFY);
  }

  /** What each of them makes of a file; problems are noted. */
  List<ScheduleFilePart.Draft> draft(ScheduleFilePart.Input input, FileProblems problems) {
    List<ScheduleFilePart.Draft> drafts = new ArrayList<>();
    parts.forEach(part -> drafts.add(part.draft(input, problems)));
    return drafts;
  }

  boolean know(Definition definition) {
    return of(definition).isPresent();
  }

  Change removed(Definition definition) {
    return new Change(Action.REMOVED, word(definition), nameOf(definition), List.of());
  }

  /** What its kind is called. */
  String word(Definition definition) {
    return of(definition)
        .map(part -> part.kinds().getOrDefault(definition.kind(), definition.kind()))
        .orElse(definition.kind());
  }

  String nameOf(Definition definition) {
    return of(definition).map(part -> part.nameOf(definition)).orElse(definition.name());
  }

  private Optional<ScheduleFilePart> of(Definition definition) {
    return parts.stream().filter(part -> part.kinds().containsKey(definition.kind())).findFirst();
  }
}
