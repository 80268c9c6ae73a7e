package io.trigrun.internal;

import io.trigrun.internal.monitor.MonitorDraft;
import io.trigrun.schedulefile.FileProblems;
import io.trigrun.schedulefile.ScheduleFile;
import io.trigrun.spi.Definition;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.ScheduleFilePart.Names;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Finds the jobs and monitors that the parts of a file name: as the file says, or others of the
 * workspace, but none that the file is about to remove.
 */
record FileNames(
    JobStore store, String workspace, ScheduleFile file, Set<UUID> managed, FileProblems problems) {

  Names jobs(Collection<FileJobs.Entry> entries) {
    Map<String, UUID> ids = new HashMap<>();
    entries.forEach(entry -> ids.put(entry.file().name(), entry.id()));
    return names(JobDocument.KIND, ids, file.jobNames());
  }

  Names monitors(Collection<FileMonitors.Entry> entries) {
    Map<String, UUID> ids = new HashMap<>();
    entries.forEach(entry -> ids.put(entry.file().spec().name(), entry.id()));
    return names(MonitorDraft.KIND, ids, file.monitorNames());
  }

  private Names names(String kind, Map<String, UUID> ofFile, Set<String> all) {
    return (name, place, field) -> {
      Optional<UUID> id = Optional.ofNullable(ofFile.get(name)).or(() -> ofWorkspace(kind, name));
      if (id.isEmpty() && !all.contains(name)) {
        problems.add(
            place,
            field,
            "the name of a " + kind + " of this file or of the workspace",
            "another one");
      }
      return id;
    };
  }

  private Optional<UUID> ofWorkspace(String kind, String name) {
    return store
        .findDefinitionByName(workspace, kind, name)
        .map(Definition::id)
        .filter(id -> !managed.contains(id));
  }
}
