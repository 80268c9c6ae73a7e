package io.trigrun.schedulefile;

import io.trigrun.JobSpec;
import io.trigrun.TriggerEvent;
import io.trigrun.schedule.Schedule;
import io.trigrun.schedulefile.FileNode.Entry;
import io.trigrun.schedulefile.FileNode.Kind;
import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;
import io.trigrun.validation.ValidationException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A schedule file, read (row S18). Reading never fails: what is wrong is in {@link #problems()},
 * all of it. Immutable; {@link #toString} shows nothing of what it says.
 *
 * <pre>{@code
 * ScheduleFile file = ScheduleFile.read(Path.of("schedule.yaml"));
 * SchedulePlan plan = trigrun.scheduleFiles().apply(file);
 * System.out.println(plan);
 * }</pre>
 *
 * <p>The format is YAML 1.2, at most 1,048,576 characters and 30 levels deep, without tags. No key
 * may come twice, none may be unknown.
 */
public final class ScheduleFile {

  /** The name of a file that was given none. */
  public static final String DEFAULT_NAME = "schedule";

  private static final int LONGEST_NAME = 200;
  private static final String ZONE = "tz_location";
  private static final String JOBS = "jobs";
  private static final String MONITORS = "monitors";

  private final String name;
  private final List<FileJob> jobs;
  private final Set<String> jobNames;
  private final List<FileMonitor> monitors;
  private final Set<String> monitorNames;
  private final List<Entry> sections;
  private final List<FileHook> hooks;
  private final List<FileProblem> problems;

  private ScheduleFile(
      String name,
      List<FileJob> jobs,
      Set<String> jobNames,
      List<FileMonitor> monitors,
      Set<String> monitorNames,
      List<Entry> sections,
      List<FileHook> hooks,
      List<FileProblem> problems) {
    Problems.require(
        !name.isBlank()
            && name.length() <= LONGEST_NAME
            && name.chars().noneMatch(Character::isISOControl),
        "file",
        "a name of 1 to 200 characters without control characters",
        name);
    StorableText.require(name, "file");
    this.name = name;
    this.jobs = jobs;
    this.jobNames = jobNames;
    this.monitors = monitors;
    this.monitorNames = monitorNames;
    this.sections = sections;
    this.hooks = hooks;
    this.problems = problems;
  }

  /** Reads a text; the file is called {@value #DEFAULT_NAME} until it is {@link #named}. */
  public static ScheduleFile parse(String text) {
    FileProblems problems = new FileProblems();
    Optional<FileNode> root = new YamlReader(problems).read(text);
    Fields top =
        Fields.of("", root.orElseGet(() -> FileNode.map(Place.START, List.of())), problems);
    Optional<FileNode> zone = zone(top);
    JobReader.refuseRetention(top);
    Hooks hooks = Hooks.of(top, problems);
    List<Entry> jobEntries = entries(top, JOBS, problems);
    List<FileJob> jobs = new ArrayList<>();
    for (Entry entry : jobEntries) {
      new JobReader(entry, hooks, zone, problems).read().ifPresent(jobs::add);
    }
    List<FileMonitor> monitors = new ArrayList<>();
    List<Entry> monitorEntries = entries(top, MONITORS, problems);
    for (Entry entry : monitorEntries) {
      new MonitorReader(problems).read(entry).ifPresent(monitors::add);
    }
    Set<String> keys = keys();
    List<Entry> sections =
        top.node().entries().stream()
            .filter(
                entry -> !keys.contains(entry.key()) && !entry.key().equals(JobReader.RETENTION))
            .toList();
    List<FileHook> all = new ArrayList<>(hooks.others());
    jobs.forEach(job -> all.addAll(job.hooks()));
    return new ScheduleFile(
        DEFAULT_NAME,
        List.copyOf(jobs),
        names(jobEntries),
        List.copyOf(monitors),
        names(monitorEntries),
        sections,
        all.stream().distinct().toList(),
        problems.all());
  }

  /** That of crons that name none; empty if it is no zone, which is noted once and not by each. */
  private static Optional<FileNode> zone(Fields top) {
    Optional<String> zone = top.text(ZONE);
    try {
      zone.ifPresent(name -> Schedule.cron("@daily", name));
    } catch (ValidationException e) {
      e.problems()
          .forEach(it -> top.problems().add(top.placeOf(ZONE), ZONE, it.expected(), it.got()));
      return Optional.empty();
    }
    return zone.flatMap(ignored -> top.value(ZONE));
  }

  /** The keys at the top that need no extension. */
  public static Set<String> keys() {
    Set<String> keys = new TreeSet<>(List.of(ZONE, JOBS, MONITORS));
    Arrays.stream(TriggerEvent.values()).map(TriggerEvent::jsonName).forEach(keys::add);
    return keys;
  }

  private static Set<String> names(List<Entry> entries) {
    return entries.stream().map(Entry::key).collect(Collectors.toUnmodifiableSet());
  }

  private static List<Entry> entries(Fields top, String section, FileProblems problems) {
    Optional<FileNode> node = top.value(section);
    if (node.isPresent() && node.get().kind() != Kind.MAP) {
      problems.add(node.get().place(), section, "a mapping", node.get().kindInWords());
    }
    return node.map(FileNode::entries).orElse(List.of());
  }

  /**
   * Reads a file in UTF-8, and calls it by its name without the directory.
   *
   * @throws IOException if it can't be read; {@link CharacterCodingException} if it is not UTF-8
   */
  public static ScheduleFile read(Path path) throws IOException {
    Path last = path.getFileName();
    return parse(Files.readString(path)).named(last == null ? DEFAULT_NAME : last.toString());
  }

  /**
   * The same under another name, by which it is known when it is applied again: what an earlier
   * file of the name had and this one has not is removed.
   *
   * @param other 1 to 200 characters without control characters
   * @throws io.trigrun.validation.ValidationException if it is no such name
   */
  public ScheduleFile named(String other) {
    return new ScheduleFile(
        other, jobs, jobNames, monitors, monitorNames, sections, hooks, problems);
  }

  public String name() {
    return name;
  }

  /** The jobs, as far as they can be read, in the file's order. */
  public List<FileJob> jobs() {
    return jobs;
  }

  /** The names of all jobs, those with problems too. */
  public Set<String> jobNames() {
    return jobNames;
  }

  /** The monitors that are all right, in the file's order. */
  public List<FileMonitor> monitors() {
    return monitors;
  }

  /** The names of all monitors, those with problems too. */
  public Set<String> monitorNames() {
    return monitorNames;
  }

  /** What stands at the top and an extension may know, such as {@code channels}. */
  public List<Entry> sections() {
    return sections;
  }

  /** What is to happen on events and an extension may know, of the file and of all its jobs. */
  public List<FileHook> hooks() {
    return hooks;
  }

  /** All that can be told to be wrong by the file alone, in the order of the places. */
  public List<FileProblem> problems() {
    return problems;
  }

  /**
   * What the jobs do and when.
   *
   * @throws ScheduleFileException if there are problems, with all of them
   */
  public List<JobSpec> specs() {
    if (!problems.isEmpty()) {
      throw new ScheduleFileException(name, problems);
    }
    return jobs.stream().map(FileJob::spec).toList();
  }

  @Override
  public String toString() {
    return "ScheduleFile[" + name + "]";
  }
}
