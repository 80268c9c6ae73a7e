package io.trigrun.contract.feature;

import static io.trigrun.ExecutionState.FAILED;
import static io.trigrun.ExecutionState.PENDING;
import static io.trigrun.ExecutionState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.BackoffPolicy;
import io.trigrun.ConflictException;
import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.LimitExceededException;
import io.trigrun.NotFoundException;
import io.trigrun.Page;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.Workspace;
import io.trigrun.WorkspaceLimits;
import io.trigrun.http.HttpAction;
import io.trigrun.schedule.Schedule;
import io.trigrun.secret.Ciphertext;
import io.trigrun.secret.KeyRing;
import io.trigrun.secret.Reencryption;
import io.trigrun.secret.Secret;
import io.trigrun.secret.SecretCipher;
import io.trigrun.secret.SecretContext;
import io.trigrun.secret.SecretUnavailableException;
import io.trigrun.secret.Secrets;
import io.trigrun.spi.Definition;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S11: secrets are kept encrypted, sent where a header names them, and never seen again. */
@Timeout(120)
public abstract class S11Secrets extends FeatureTest {

  private static final String K1 = KeyRing.generateKey();
  private static final String K2 = KeyRing.generateKey();
  private static final KeyRing RING = KeyRing.of("k1", K1);

  private Target target;
  private TrigRun trigrun;
  private Secrets secrets;

  @BeforeEach
  void openTarget() {
    target = closing(new Target());
    trigrun = with(RING);
    secrets = trigrun.secrets();
  }

  private TrigRun with(KeyRing ring) {
    return with(SecretCipher.aesGcm(ring));
  }

  private TrigRun with(SecretCipher cipher) {
    return open(manual().secrets(cipher));
  }

  private JobSpec.Builder naming(String job, String... names) {
    HttpAction.Builder action = HttpAction.get(target.url("/"));
    for (String name : names) {
      action.header("X-" + name, "Bearer secret://" + name);
    }
    return JobSpec.named(job).action(action.build());
  }

  private Execution run(TrigRun node, Job job) {
    UUID id = node.jobs().runNow(job.id()).id();
    assertThat(driver(node).runDue()).isPositive();
    return get(node, id);
  }

  private static String errorOf(Execution run) {
    return run.failure().orElseThrow().errorClass();
  }

  private String lastSent(String header) {
    return target.requests().get(target.requests().size() - 1).header(header);
  }

  // sending

  @Test
  void a_value_is_sent_in_place_of_its_name() {
    secrets.create("api-key", "tiger-42");
    secrets.create("team", "blue team");
    Job job =
        trigrun
            .jobs()
            .create(
                JobSpec.named("call")
                    .action(
                        HttpAction.get(target.url("/"))
                            .header("Authorization", "Bearer secret://api-key")
                            .header("X-Both", "secret://team/secret://api-key, {{execution_id}}")
                            .build())
                    .build());

    Execution run = run(trigrun, job);

    assertThat(run.state()).isEqualTo(SUCCEEDED);
    assertThat(lastSent("Authorization")).isEqualTo("Bearer tiger-42");
    assertThat(lastSent("X-Both")).isEqualTo("blue team/tiger-42, " + run.id());
  }

  @Test
  void a_value_that_looks_like_a_reference_or_a_placeholder_is_sent_as_it_is() {
    secrets.create("a", "secret://b {{uuid}} $1 \\1");
    secrets.create("b", "tiger-42");

    assertThat(run(trigrun, trigrun.jobs().create(naming("call", "a").build())).state())
        .isEqualTo(SUCCEEDED);

    assertThat(lastSent("X-a")).isEqualTo("Bearer secret://b {{uuid}} $1 \\1");
  }

  @Test
  void a_missing_secret_fails_the_run_before_anything_is_sent_until_it_is_there() {
    Job job = trigrun.jobs().create(naming("call", "late").retry(RetryPolicy.attempts(3)).build());

    Execution run = run(trigrun, job);
    assertThat(run.state()).as("no retry helps").isEqualTo(FAILED);
    assertThat(errorOf(run)).isEqualTo("MISSING_SECRET");
    assertThat(run.failure().orElseThrow().message())
        .contains("request.headers.X-late: expected a stored secret named \"late\", got none");
    assertThat(target.requests()).isEmpty();

    secrets.create("late", "here-now");
    assertThat(run(trigrun, job).state()).isEqualTo(SUCCEEDED);
    assertThat(lastSent("X-late")).isEqualTo("Bearer here-now");
  }

  @Test
  void what_is_saved_before_a_run_is_claimed_counts_for_it_on_every_node() {
    TrigRun other = open(manual().node("other").secrets(SecretCipher.aesGcm(RING)));
    secrets.create("api-key", "first");
    Job job = trigrun.jobs().create(naming("call", "api-key").build());
    assertThat(run(other, job).state()).isEqualTo(SUCCEEDED);
    assertThat(lastSent("X-api-key")).isEqualTo("Bearer first");

    secrets.replace("api-key", "second");
    assertThat(run(other, job).state()).isEqualTo(SUCCEEDED);
    assertThat(lastSent("X-api-key")).isEqualTo("Bearer second");

    trigrun.jobs().delete(job.id());
    secrets.delete("api-key");
    Job again = trigrun.jobs().create(naming("again", "api-key").build());
    assertThat(errorOf(run(other, again))).isEqualTo("MISSING_SECRET");
  }

  @Test
  void a_retry_sends_the_value_as_it_is_then() {
    target.answers(503, "").answers(200, "");
    secrets.create("api-key", "first");
    Job job =
        trigrun
            .jobs()
            .create(
                naming("call", "api-key")
                    .retry(
                        RetryPolicy.attempts(2)
                            .withBackoff(BackoffPolicy.fixed(Duration.ofMinutes(1))))
                    .build());
    Execution run = run(trigrun, job);
    assertThat(run.state()).isEqualTo(PENDING);

    secrets.replace("api-key", "second");
    driver(trigrun).advance(Duration.ofMinutes(1));

    assertThat(stateOf(trigrun, run.id())).isEqualTo(SUCCEEDED);
    assertThat(lastSent("X-api-key")).isEqualTo("Bearer second");
  }

  @Test
  void a_value_that_no_header_can_carry_fails_the_run_and_is_not_shown() {
    secrets.create("api-key", "tiger-42\n");

    Execution run = run(trigrun, trigrun.jobs().create(naming("call", "api-key").build()));

    assertThat(errorOf(run)).isEqualTo("INVALID_REQUEST");
    assertThat(run.failure().orElseThrow().message())
        .contains("request.headers.X-api-key")
        .doesNotContain("tiger");
    assertThat(target.requests()).isEmpty();
  }

  // keeping

  @Test
  void a_secret_is_created_replaced_saved_found_and_listed_without_its_value() {
    Secret created = secrets.create("api-key", "tiger-42");
    assertThat(created).isEqualTo(new Secret("api-key", 1, "k1", START, START));
    clock.advance(Duration.ofMinutes(1));

    Secret replaced = secrets.replace("api-key", "tiger-43");
    assertThat(replaced)
        .isEqualTo(new Secret("api-key", 2, "k1", START, START.plus(Duration.ofMinutes(1))));
    assertThat(secrets.save("other", "value").createdAt()).isEqualTo(replaced.updatedAt());
    clock.advance(Duration.ofMinutes(1));
    Secret saved = secrets.save("other", "value 2");

    assertThat(secrets.find("api-key")).contains(replaced);
    assertThat(secrets.find("nobody")).isEmpty();
    assertThat(secrets.list(10))
        .isEqualTo(new Page<>(List.of(saved, replaced), java.util.Optional.empty()));
    assertThatThrownBy(() -> secrets.create("api-key", "value"))
        .isInstanceOf(ConflictException.class)
        .hasMessage("expected a name that no other secret has, got api-key");
    assertThatThrownBy(() -> secrets.replace("nobody", "value"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("expected the name of a secret of this workspace, got nobody");
  }

  @Test
  void names_that_only_jobs_know_are_no_secrets_and_pages_are_full_all_the_same() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      clock.advance(Duration.ofSeconds(1));
      trigrun.jobs().create(naming("job " + i, "unsaved-" + i).build());
      clock.advance(Duration.ofSeconds(1));
      names.add(0, secrets.create("saved-" + i, "value " + i).name());
    }

    assertThat(secrets.find("unsaved-3")).isEmpty();
    assertThatThrownBy(() -> secrets.delete("unsaved-3")).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> secrets.replace("unsaved-3", "value"))
        .isInstanceOf(NotFoundException.class);
    List<String> listed = new ArrayList<>();
    Page<Secret> page = secrets.list(3);
    assertThat(page.items()).hasSize(3);
    page.items().forEach(secret -> listed.add(secret.name()));
    while (page.next().isPresent()) {
      page = secrets.list(3, page.next().get());
      assertThat(page.items()).isNotEmpty();
      page.items().forEach(secret -> listed.add(secret.name()));
    }
    assertThat(listed).isEqualTo(names);
  }

  @Test
  void a_secret_that_is_named_is_not_deleted_and_the_message_says_by_whom() {
    secrets.create("api-key", "tiger-42");
    Job call = trigrun.jobs().create(naming("call", "api-key", "other").build());
    Job draft = trigrun.jobs().draft(naming("draft", "api-key").build());

    assertThatThrownBy(() -> secrets.delete("api-key"))
        .isInstanceOf(ConflictException.class)
        .hasMessage(
            "expected secret api-key to be free to go, but it is needed by job call, job draft;"
                + " change or delete them first");

    trigrun.jobs().update(call.id(), naming("call", "other").build());
    assertThatThrownBy(() -> secrets.delete("api-key")).hasMessageContaining("needed by job draft");
    trigrun.jobs().delete(draft.id());
    secrets.delete("api-key");
    assertThat(secrets.find("api-key")).isEmpty();
    assertThatThrownBy(() -> secrets.delete("api-key")).isInstanceOf(NotFoundException.class);
  }

  @Test
  void a_job_that_was_there_before_its_secret_keeps_it_too_whatever_becomes_of_the_job() {
    Job job =
        trigrun
            .jobs()
            .create(naming("once", "api-key").schedule(Schedule.at(START.plusSeconds(60))).build());
    secrets.create("api-key", "tiger-42");
    isNeeded("active");
    trigrun.jobs().pause(job.id());
    isNeeded("paused");
    trigrun.jobs().resume(job.id());
    isNeeded("resumed");
    driver(trigrun).advance(Duration.ofMinutes(2));
    assertThat(target.requests()).hasSize(1);
    isNeeded("completed");
    trigrun.jobs().delete(job.id());

    secrets.delete("api-key");
    assertThat(secrets.list(10).items()).isEmpty();
  }

  private void isNeeded(String when) {
    assertThatThrownBy(() -> secrets.delete("api-key"))
        .as(when)
        .isInstanceOf(ConflictException.class);
  }

  @Test
  void many_who_name_a_secret_are_not_all_listed() {
    secrets.create("api-key", "tiger-42");
    for (int i = 0; i < 12; i++) {
      trigrun.jobs().create(naming("job " + i, "api-key").build());
    }

    assertThatThrownBy(() -> secrets.delete("api-key")).hasMessageContaining(" and 2 more;");
  }

  // bad input

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a/b", "\u00e4", "a\nb", "secret://a"})
  void a_name_of_another_form_is_refused(String name) {
    refuses(name, "tiger-42", "name: expected 1 to 128 letters, digits, dots");
  }

  @Test
  void a_name_or_value_of_another_size_is_refused_and_the_value_is_not_shown() {
    refuses("x".repeat(129), "tiger-42", "name: expected 1 to 128");
    refuses("a", "", "value: expected 4 to 65536 characters, got 0 characters");
    refuses("a", "abc", "value: expected 4 to 65536 characters, got 3 characters");
    refuses("a", "y".repeat(65_537), "got 65537 characters");
    refuses("a", "half \ud800 pair", "value: expected whole characters");

    assertThatCode(() -> secrets.create("x".repeat(128), "y".repeat(65_536)))
        .doesNotThrowAnyException();
  }

  private void refuses(String name, String value, String message) {
    for (int way = 0; way < 3; way++) {
      int chosen = way;
      assertThatThrownBy(
              () -> {
                switch (chosen) {
                  case 0 -> secrets.create(name, value);
                  case 1 -> secrets.replace(name, value);
                  default -> secrets.save(name, value);
                }
              })
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining(message)
          .satisfies(
              e -> {
                if (!value.isEmpty()) {
                  assertThat(e.toString()).doesNotContain("got " + value);
                }
              });
    }
    assertThat(secrets.list(10).items()).isEmpty();
  }

  // workspaces

  @Test
  void each_workspace_has_secrets_of_its_own_and_jobs_send_those() {
    Workspace acme = trigrun.workspace("acme");
    secrets.create("api-key", "mine-mine");
    acme.secrets().create("api-key", "acmes-own");
    acme.secrets().create("other", "acmes-other");
    Job job = acme.jobs().create(naming("call", "api-key").build());
    assertThat(acme.jobs().runNow(job.id())).isNotNull();
    assertThat(driver(trigrun).runDue()).isPositive();

    assertThat(lastSent("X-api-key")).isEqualTo("Bearer acmes-own");
    assertThat(secrets.find("other")).isEmpty();
    assertThat(secrets.list(10).items()).hasSize(1);
    assertThatThrownBy(() -> secrets.delete("other")).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> secrets.replace("other", "value"))
        .isInstanceOf(NotFoundException.class);
    secrets.delete("api-key"); // acme's job does not need it
    assertThatThrownBy(() -> acme.secrets().delete("api-key"))
        .isInstanceOf(ConflictException.class);
  }

  @Test
  void a_workspace_has_no_more_secrets_than_it_may_and_names_of_jobs_count() {
    TrigRun node =
        open(
            manual()
                .node("limited")
                .secrets(SecretCipher.aesGcm(RING))
                .workspaceLimits(WorkspaceLimits.standard().secrets(2)));
    node.secrets().create("one", "value 1");
    node.jobs().create(naming("call", "one", "two").build());

    assertThatThrownBy(() -> node.secrets().create("three", "value 3"))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("secrets: expected at most 2");
    assertThatThrownBy(() -> node.jobs().create(naming("more", "one", "three").build()))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("secrets: expected at most 2");
    assertThat(node.jobs().findByName("more")).isEmpty();
    assertThat(node.secrets().create("two", "value 2").name()).isEqualTo("two");
    assertThat(node.secrets().replace("one", "value 1b").name()).isEqualTo("one");
  }

  // ciphers

  @Test
  void a_node_without_a_cipher_refuses_to_save_and_fails_what_it_cannot_decrypt() {
    TrigRun without = open(manual().node("without"));
    assertThatThrownBy(() -> without.secrets().save("api-key", "tiger-42"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected a cipher to keep secrets with, got none")
        .hasMessageContaining("TrigRunBuilder.secrets");
    assertThatThrownBy(without::reencryptSecrets).isInstanceOf(IllegalStateException.class);
    Job job = without.jobs().create(naming("call", "api-key").build());
    assertThat(errorOf(run(without, job))).isEqualTo("MISSING_SECRET");

    secrets.create("api-key", "tiger-42");

    assertThat(without.secrets().find("api-key")).isPresent();
    Execution run = run(without, job);
    assertThat(errorOf(run)).isEqualTo("SECRET_UNAVAILABLE");
    assertThat(run.failure().orElseThrow().message()).contains("TrigRunBuilder.secrets");
    assertThat(target.requests()).isEmpty();
  }

  @Test
  void a_node_with_another_key_sends_nothing_and_says_which_key_is_missing() {
    secrets.create("api-key", "tiger-42");
    TrigRun other = open(manual().node("other").secrets(SecretCipher.aesGcm(KeyRing.of("k2", K2))));
    Job job = other.jobs().create(naming("call", "api-key").retry(RetryPolicy.attempts(3)).build());

    Execution run = run(other, job);

    assertThat(run.state()).as("no retry helps").isEqualTo(FAILED);
    assertThat(errorOf(run)).isEqualTo("SECRET_UNAVAILABLE");
    assertThat(run.failure().orElseThrow().message())
        .contains("secret api-key: expected a key named k1 to decrypt it, this node has [k2]");
    assertThat(target.requests()).isEmpty();
  }

  @Test
  void a_cipher_that_fails_for_now_or_in_its_own_way_is_asked_again() {
    SecretCipher aes = SecretCipher.aesGcm(RING);
    AtomicInteger calls = new AtomicInteger();
    TrigRun node =
        with(
            new SecretCipher() {
              @Override
              public Ciphertext encrypt(byte[] plaintext, SecretContext context) {
                return aes.encrypt(plaintext, context);
              }

              @Override
              public byte[] decrypt(Ciphertext ciphertext, SecretContext context) {
                switch (calls.incrementAndGet()) {
                  case 1 -> throw SecretUnavailableException.temporary("the vault is asleep");
                  case 2 -> throw new IllegalStateException("could not decrypt tiger-42");
                  default -> {
                    return aes.decrypt(ciphertext, context);
                  }
                }
              }

              @Override
              public String keyId() {
                return aes.keyId();
              }
            });
    node.secrets().create("api-key", "tiger-42");
    Job job =
        node.jobs()
            .create(
                naming("call", "api-key")
                    .retry(
                        RetryPolicy.attempts(3)
                            .withBackoff(BackoffPolicy.fixed(Duration.ofMinutes(1))))
                    .build());

    Execution run = run(node, job);
    assertThat(run.state()).isEqualTo(PENDING);
    assertThat(run.failure().orElseThrow().message()).contains("the vault is asleep");
    driver(node).advance(Duration.ofMinutes(1));
    assertThat(get(node, run.id()).failure().orElseThrow().message())
        .contains("secret api-key: the cipher failed with java.lang.IllegalStateException")
        .doesNotContain("tiger");
    assertThat(target.requests()).isEmpty();
    driver(node).advance(Duration.ofMinutes(1));

    assertThat(stateOf(node, run.id())).isEqualTo(SUCCEEDED);
  }

  @Test
  void ciphertexts_that_were_swapped_in_the_store_are_refused() {
    secrets.create("cheap", "tiger-42");
    secrets.create("precious", "lion-77");
    Definition cheap = stored("cheap");
    Definition precious = stored("precious");
    overwrite(cheap, precious.document());

    Execution run = run(trigrun, trigrun.jobs().create(naming("call", "cheap").build()));

    assertThat(errorOf(run)).isEqualTo("SECRET_UNAVAILABLE");
    assertThat(run.failure().orElseThrow().message()).contains("moved here from elsewhere");
    assertThat(target.requests()).isEmpty();
  }

  private Definition stored(String name) {
    return store().findDefinitionByName(TrigRun.DEFAULT_WORKSPACE, "secret", name).orElseThrow();
  }

  private void overwrite(Definition definition, String document) {
    copy(definition, definition.id(), definition.workspace(), definition.version() + 1, document);
  }

  private void copy(Definition of, UUID id, String workspace, long version, String document) {
    Definition copy =
        new Definition(
            id,
            workspace,
            of.kind(),
            of.name(),
            of.owner(),
            of.lookupKey(),
            of.references(),
            of.configuration(),
            version,
            of.createdAt(),
            of.updatedAt(),
            document);
    assertThat(store().write(WriteSet.save(copy))).isInstanceOf(WriteResult.Stored.class);
  }

  // keys

  @Test
  void keys_are_rotated_while_jobs_run_and_the_old_one_can_go() {
    List<String> names = IntStream.range(0, 450).mapToObj(i -> "secret-" + i).toList();
    names.forEach(name -> secrets.create(name, "value of " + name));
    Job job = trigrun.jobs().create(naming("call", "secret-7", "unsaved").build());
    trigrun.jobs().delete(job.id());
    Job using = trigrun.jobs().create(naming("using", "secret-7").build());
    Secret before = secrets.find("secret-7").orElseThrow();
    clock.advance(Duration.ofDays(1));

    TrigRun both = with(KeyRing.of("k2", K2).alsoDecrypts("k1", K1));
    assertThat(run(both, using).state()).as("all keys decrypt").isEqualTo(SUCCEEDED);
    assertThat(both.secrets().replace("secret-3", "newer").keyId()).isEqualTo("k2");

    assertThat(both.reencryptSecrets()).isEqualTo(new Reencryption(449, 1, List.of()));
    assertThat(both.reencryptSecrets()).isEqualTo(new Reencryption(0, 450, List.of()));

    TrigRun only = with(KeyRing.of("k2", K2));
    assertThat(run(only, using).state()).isEqualTo(SUCCEEDED);
    assertThat(lastSent("X-secret-7")).isEqualTo("Bearer value of secret-7");
    assertThat(secrets.find("secret-7"))
        .as("its value is as old as it was")
        .contains(
            new Secret(
                "secret-7", before.version() + 1, "k2", before.createdAt(), before.updatedAt()));
    assertThat(store().findDefinitionByName("default", "secret", "unsaved"))
        .as("a name that nothing refers to any more")
        .isEmpty();
  }

  @Test
  void the_walk_covers_all_workspaces_and_names_what_it_cannot_read() {
    secrets.create("api-key", "tiger-42");
    Definition mine = stored("api-key");
    copy(mine, UUID.randomUUID(), "acme", 1, mine.document());

    TrigRun both = with(KeyRing.of("k2", K2).alsoDecrypts("k1", K1));

    assertThat(both.reencryptSecrets()).isEqualTo(new Reencryption(1, 0, List.of("acme/api-key")));
    assertThat(store().findDefinitionByName("acme", "secret", "api-key").orElseThrow().document())
        .as("bound to another workspace, and left alone")
        .isEqualTo(mine.document());
  }

  // races

  @Test
  void ten_threads_that_save_a_secret_all_succeed_one_after_another() throws Exception {
    all(
        10,
        thread -> {
          assertThat(secrets.save("hot", "value " + thread).name()).isEqualTo("hot");
          return true;
        });

    assertThat(stored("hot").version()).isEqualTo(10);
    assertThat(run(trigrun, trigrun.jobs().create(naming("call", "hot").build())).state())
        .isEqualTo(SUCCEEDED);
    assertThat(lastSent("X-hot")).matches("Bearer value [0-9]");
  }

  @Test
  void of_ten_threads_that_create_a_secret_one_succeeds() throws Exception {
    List<Boolean> results =
        all(
            10,
            thread -> {
              try {
                return secrets.create("hot", "value " + thread) != null;
              } catch (ConflictException e) {
                return false;
              }
            });

    assertThat(results).containsOnlyOnce(true);
  }

  @Test
  void a_secret_is_never_deleted_under_a_job_that_is_being_saved() throws Exception {
    for (int round = 0; round < 15; round++) {
      String name = "key-" + round;
      secrets.create(name, "tiger-42");
      List<Boolean> results =
          all(
              6,
              thread -> {
                if (thread % 2 == 0) {
                  return trigrun.jobs().create(naming(name + thread, name).build()) != null;
                }
                try {
                  secrets.delete(name);
                  return true;
                } catch (ConflictException | NotFoundException e) {
                  return false;
                }
              });

      assertThat(List.of(results.get(0), results.get(2), results.get(4))).containsOnly(true);
      boolean isDeleted = results.get(1) || results.get(3) || results.get(5);
      assertThat(secrets.find(name).isEmpty()).isEqualTo(isDeleted);
      secrets.save(name, "again");
      assertThatThrownBy(() -> secrets.delete(name))
          .as("three jobs name it, whoever came first")
          .hasMessageContaining("job " + name + "0, job " + name + "2, job " + name + "4");
    }
  }

  @FunctionalInterface
  private interface Racer {
    boolean run(int thread) throws Exception;
  }

  /** Starts them at the same moment and waits for all. */
  private static List<Boolean> all(int threads, Racer racer) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CyclicBarrier start = new CyclicBarrier(threads);
    try {
      List<Future<Boolean>> running =
          IntStream.range(0, threads)
              .mapToObj(
                  thread ->
                      pool.submit(
                          () -> {
                            start.await();
                            return racer.run(thread);
                          }))
              .toList();
      List<Boolean> results = new ArrayList<>();
      for (Future<Boolean> one : running) {
        results.add(one.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }
}
