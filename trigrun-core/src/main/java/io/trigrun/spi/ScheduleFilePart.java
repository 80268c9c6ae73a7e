package io.trigrun.spi;

import io.trigrun.schedulefile.FileProblems;
import io.trigrun.schedulefile.Place;
import io.trigrun.schedulefile.ScheduleFile;
import io.trigrun.schedulefile.SchedulePlan.Change;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What an {@link Extension} understands of schedule files (row S18): keys at the top of a file, and
 * keys below {@code on_success}, {@code on_error} and {@code on_retries_exhausted}. What it drafts
 * is stored in the same write as the jobs and monitors of the file. Thread-safe.
 */
public interface ScheduleFilePart {

  /** The keys at the top of a file that it reads: {@code channels}. */
  Set<String> sections();

  /** The keys below an event that it reads: {@code notify_webhook}. */
  Set<String> hooks();

  /**
   * What it stores: words for plans and messages, {@code channel}, by {@link Definition#kind()}.
   */
  Map<String, String> kinds();

  /**
   * Compares a file with what is stored, and stores nothing by itself. Called for each plan and
   * several times if somebody else changes the same things. Notes everything that is wrong: then
   * nothing is stored.
   *
   * @throws io.trigrun.ConflictException if what it reads changes meanwhile: it is called again
   */
  Draft draft(Input input, FileProblems problems);

  /**
   * What a stored definition is called in plans, when the file has it no more. It is deleted
   * without further ado, after what needs it and before what owns it.
   */
  String nameOf(Definition definition);

  /**
   * A file that is to be applied.
   *
   * @param file as it was read; only the sections and hooks of one's own keys are one's own affair
   * @param managed the ids of all that the file of this name has created before: everything else is
   *     not to be touched
   * @param jobs finds jobs, those of the file first
   * @param monitors finds monitors likewise
   */
  record Input(
      String workspace,
      ScheduleFile file,
      Instant now,
      Set<UUID> managed,
      Names jobs,
      Names monitors) {

    public Input {
      managed = Set.copyOf(managed);
    }
  }

  /** Finds what a file names, as it will be once the file is applied. */
  @FunctionalInterface
  interface Names {

    /**
     * The id of what has the name. If there is nothing of the name, that is noted; if there is, but
     * with problems of its own, nothing more is noted.
     *
     * @param place where the name stands
     * @param field what the place is called in messages
     */
    Optional<UUID> find(String name, Place place, String field);
  }

  /**
   * What a file comes to.
   *
   * @param changes what becomes of each thing, in the file's order; without what is removed
   * @param saves what is created or changed, each after what it references and belongs to; written
   *     after jobs and monitors
   * @param managed the ids of all that the file has, of what is unchanged as well
   * @param secrets the names of secrets that {@code saves} need
   */
  record Draft(
      List<Change> changes,
      List<DefinitionWrite.Save> saves,
      Set<UUID> managed,
      Set<String> secrets) {

    public Draft {
      changes = List.copyOf(changes);
      saves = List.copyOf(saves);
      managed = Set.copyOf(managed);
      secrets = Set.copyOf(secrets);
    }
  }
}
