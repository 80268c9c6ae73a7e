package io.trigrun.internal;

import io.trigrun.Job;
import io.trigrun.JobState;
import io.trigrun.internal.secret.SecretIds;
import io.trigrun.spi.Definition;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A job as a definition, and back. */
final class JobDocument {

  static final String KIND = "job";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private JobDocument() {}

  static Job read(Definition definition) {
    JsonNode document = MAPPER.readTree(definition.document());
    return new Job(
        definition.id(),
        definition.workspace(),
        JobSpecJson.read(definition.name(), document),
        JobState.valueOf(document.get("state").stringValue().toUpperCase(Locale.ROOT)),
        definition.version(),
        definition.createdAt(),
        definition.updatedAt(),
        Optional.ofNullable(document.get("cursor"))
            .map(node -> UUID.fromString(node.stringValue())));
  }

  static Definition write(Job job) {
    ObjectNode document = JobSpecJson.write(MAPPER, job.spec());
    document.put("state", job.state().name().toLowerCase(Locale.ROOT));
    job.cursor().ifPresent(cursor -> document.put("cursor", cursor.toString()));
    return new Definition(
        job.id(),
        job.workspace(),
        KIND,
        job.name(),
        Optional.empty(),
        Optional.empty(),
        references(job),
        true,
        job.version(),
        job.createdAt(),
        job.updatedAt(),
        document.toString());
  }

  /** What must not be deleted while there is the job. */
  private static Set<UUID> references(Job job) {
    Set<UUID> needed = new HashSet<>(job.spec().triggers().ids());
    needed.addAll(SecretIds.of(job.workspace(), SecretIds.namedBy(job.spec())));
    return needed;
  }

  static WriteSet save(Job job) {
    return WriteSet.save(write(job));
  }

  /** The next version of a job, in another state and with another cursor. */
  static Job next(Job job, JobState state, Optional<UUID> cursor, Instant now) {
    return new Job(
        job.id(),
        job.workspace(),
        job.spec(),
        state,
        job.version() + 1,
        job.createdAt(),
        now,
        cursor);
  }

  static Job completed(Job job, Instant now) {
    return next(job, JobState.COMPLETED, Optional.empty(), now);
  }
}
