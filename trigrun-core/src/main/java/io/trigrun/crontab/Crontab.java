package io.trigrun.crontab;

import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Jobs;
import io.trigrun.crontab.CrontabImport.Change;
import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A crontab, read (row S19). Reading never fails: what is wrong is in {@link #problems()}, all of
 * it. Immutable.
 *
 * <pre>{@code
 * Crontab crontab = Crontab.parse(text, ZoneId.of("Europe/Zurich"));
 * CrontabImport result = crontab.importInto(trigrun.jobs());
 * }</pre>
 *
 * <p>The crontab of a user is meant, without the field for a user that {@code /etc/crontab} has.
 * Jobs are as cron would run them: once for each firing, without retries, and firings that nobody
 * was there for are {@linkplain io.trigrun.schedule.MissedRunPolicy#skip() skipped}.
 *
 * <p>A job's name is made of what its line runs, so it stays the same when the line's schedule or
 * place changes.
 */
public final class Crontab {

  private final List<CrontabEntry> entries;
  private final List<CrontabProblem> problems;
  private final List<CrontabNote> notes;

  Crontab(List<CrontabEntry> entries, List<CrontabProblem> problems, List<CrontabNote> notes) {
    this.entries = List.copyOf(entries);
    this.problems = List.copyOf(problems);
    this.notes = List.copyOf(notes);
  }

  /** Reads a crontab whose times are in UTC unless it says otherwise with {@code CRON_TZ}. */
  public static Crontab parse(String text) {
    return parse(text, ZoneOffset.UTC);
  }

  /**
   * Reads a crontab.
   *
   * @param zone the zone of the machine it is from: lines go by it until a {@code CRON_TZ} says
   *     otherwise
   */
  public static Crontab parse(String text, ZoneId zone) {
    return new CrontabReader(zone).read(text);
  }

  /** The lines that run something and are all right. */
  public List<CrontabEntry> entries() {
    return entries;
  }

  /** All that is wrong, in the order of the lines. */
  public List<CrontabProblem> problems() {
    return problems;
  }

  /** What to know about lines that are all right. */
  public List<CrontabNote> notes() {
    return notes;
  }

  /**
   * The jobs.
   *
   * @throws ValidationException if there are problems, with all of them
   */
  public List<JobSpec> jobs() {
    refuse(problems.stream().map(CrontabProblem::asProblem).toList());
    return entries.stream().map(CrontabEntry::job).toList();
  }

  /**
   * Saves the jobs: those of a name that is there already are replaced if they say something else.
   * Jobs of lines that are not there any more stay. Importing the same twice changes nothing the
   * second time.
   *
   * <p>If one line is wrong, or is one that these jobs do not take, nothing is stored. Each job is
   * one write: if the store fails in between, those before are saved; import again.
   *
   * @throws ValidationException if something is wrong, with all of it; nothing is stored then
   * @throws io.trigrun.ConflictException if somebody else changes one of the jobs all the time
   */
  public CrontabImport importInto(Jobs target) {
    List<JobSpec> jobs = jobs();
    List<Problem> refused = new ArrayList<>();
    for (CrontabEntry entry : entries) {
      try {
        target.check(entry.job());
      } catch (ValidationException e) {
        e.problems()
            .forEach(problem -> refused.add(new CrontabProblem(entry.line(), problem).asProblem()));
      }
    }
    refuse(refused);
    List<CrontabImport.Imported> imported = new ArrayList<>(jobs.size());
    for (CrontabEntry entry : entries) {
      imported.add(save(target, entry));
    }
    return new CrontabImport(imported);
  }

  private static CrontabImport.Imported save(Jobs target, CrontabEntry entry) {
    Optional<Job> before = target.findByName(entry.job().name());
    Job after = target.save(entry.job());
    Change change =
        before
            .map(job -> job.version() == after.version() ? Change.UNCHANGED : Change.CHANGED)
            .orElse(Change.CREATED);
    return new CrontabImport.Imported(entry.line(), after.name(), after.id(), change);
  }

  private static void refuse(List<Problem> all) {
    if (!all.isEmpty()) {
      throw new ValidationException(all);
    }
  }
}
