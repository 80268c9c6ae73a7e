package io.trigrun.secret;

import io.trigrun.Cursor;
import io.trigrun.Page;
import java.util.Optional;

/**
 * The secrets of a workspace (row S11). A value goes in and never comes out, except into the
 * requests that refer to it. Every change is one atomic write, in force for every run that is
 * claimed after it, on every node. Thread-safe.
 *
 * <p>A name is 1 to 128 letters, digits, dots, dashes and underscores; case matters. A value is 4
 * to 65,536 characters; for a header it must be printable ASCII, of at most 8,192 characters
 * together with what stands around it.
 *
 * <p>What changes a value throws {@link NoCipherException} on a node that was built without {@code
 * TrigRunBuilder.secrets}.
 */
public interface Secrets {

  /**
   * Saves a value under a new name.
   *
   * @throws io.trigrun.validation.ValidationException naming {@code name} or {@code value}, without
   *     the latter; nothing is stored then
   * @throws io.trigrun.ConflictException if there is a value under that name
   * @throws io.trigrun.LimitExceededException if the workspace has as many secrets as it may; names
   *     that only jobs know count as well
   */
  Secret create(String name, String value);

  /**
   * Replaces the value of a name.
   *
   * @throws io.trigrun.NotFoundException if there is none
   * @throws io.trigrun.validation.ValidationException as for {@link #create}
   * @throws io.trigrun.ConflictException if it is changed all the time
   */
  Secret replace(String name, String value);

  /**
   * As {@link #replace(String, String)}, of what it was when it was looked at.
   *
   * @param version {@link Secret#version}
   * @throws io.trigrun.StaleVersionException if it was changed since
   */
  Secret replace(String name, long version, String value);

  /**
   * As {@link #create}, or {@link #replace(String, String)} where there is a value under that name.
   */
  Secret save(String name, String value);

  /** What is known of a secret; empty if there is no value under that name. */
  Optional<Secret> find(String name);

  /** The first page of secrets, newest first; 1 to 1,000 a page. */
  Page<Secret> list(int limit);

  /** The page of secrets that follows a place. */
  Page<Secret> list(int limit, Cursor after);

  /**
   * Forgets a value. A job that names it keeps it from being deleted, also one that was saved
   * before the secret was.
   *
   * @throws io.trigrun.NotFoundException if there is none
   * @throws io.trigrun.ConflictException if jobs, channels or others name it: the message says
   *     which
   */
  void delete(String name);

  /**
   * As {@link #delete(String)}, of what it was when it was looked at.
   *
   * @throws io.trigrun.StaleVersionException if it was changed since
   */
  void delete(String name, long version);
}
