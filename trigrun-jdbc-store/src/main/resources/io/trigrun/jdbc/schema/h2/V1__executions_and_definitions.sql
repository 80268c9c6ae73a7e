-- TrigRun on H2, version 1. Scripts are additive and may be run twice. Instants are UTC, to the microsecond.
-- To use another prefix or schema replace "trigrun_" throughout, or let Schema.migrate do it.

-- A commit is on disk when it returns. H2's default writes up to half a second later and loses that on a crash.
SET WRITE_DELAY 0;

-- Which scripts have run.
CREATE TABLE IF NOT EXISTS trigrun_schema (
  version      INTEGER NOT NULL PRIMARY KEY,
  description  CHARACTER VARYING NOT NULL,
  installed_at TIMESTAMP(6) WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL
);

-- revision: rises with each write of a configuration definition, in the transaction of that write.
-- claim: never changes; its lock lets one claim look for work at a time, because H2 can't lock "the first n rows".
CREATE TABLE IF NOT EXISTS trigrun_counter (
  name   CHARACTER VARYING NOT NULL PRIMARY KEY,
  amount BIGINT NOT NULL
);

-- One row for each execution.
CREATE TABLE IF NOT EXISTS trigrun_execution (
  id                UUID NOT NULL PRIMARY KEY,
  workspace         CHARACTER VARYING NOT NULL,
  queue             CHARACTER VARYING NOT NULL,
  handler           CHARACTER VARYING NOT NULL,
  job_id            UUID,
  parent_id         UUID,
  replay_of         UUID,
  caused_by         CHARACTER VARYING NOT NULL, -- SCHEDULE, RUN_NOW, ENQUEUE, REPLAY, FOLLOW_UP, SYSTEM
  priority          SMALLINT NOT NULL,          -- 0 lowest to 4 highest
  scheduled_for     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  created_at        TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  payload           CHARACTER VARYING NOT NULL,
  unique_key        CHARACTER VARYING,          -- as enqueued, for display
  unique_scope      CHARACTER VARYING,          -- WHILE_LIVE, WHILE_KEPT
  concurrency_key   CHARACTER VARYING,
  concurrency_limit INTEGER,

  state             CHARACTER VARYING NOT NULL, -- PENDING, RUNNING, WAITING, SUCCEEDED, FAILED, CANCELLED
  due_at            TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  lease_until       TIMESTAMP(6) WITH TIME ZONE, -- instead of due_at, if not null: claims on PostgreSQL leave due_at alone
  started_at        TIMESTAMP(6) WITH TIME ZONE,
  finished_at       TIMESTAMP(6) WITH TIME ZONE,
  attempt           INTEGER NOT NULL,
  lease             BIGINT NOT NULL,            -- rises with each claim and cancel; older ones can write nothing
  node              CHARACTER VARYING,
  woken             BOOLEAN NOT NULL,           -- made PENDING by a wake-up: the next claim is no new attempt
  has_wakes         BOOLEAN NOT NULL,           -- whether trigrun_wake has rows of it
  wait_keys         CHARACTER VARYING,          -- what a WAITING one waits for, one a line
  holds_slot        BOOLEAN NOT NULL,           -- counts in trigrun_slot.taken
  failure_class     CHARACTER VARYING,
  failure_message   CHARACTER VARYING,
  progress          DOUBLE PRECISION,
  progress_message  CHARACTER VARYING,
  output            CHARACTER VARYING,
  checkpoint        CHARACTER VARYING,
  last_attempt      CHARACTER VARYING,          -- the attempt that ended it; those before are in trigrun_attempt
  turn              CHARACTER VARYING,          -- the turn under its rate limits that it waits for: when, and whose

  claim_queue       CHARACTER VARYING,          -- the queue it can be claimed from; null when final or blocked
  blocked_key       CHARACTER VARYING,          -- the concurrency key while it waits for a slot, else null
  taken_key         CHARACTER VARYING,          -- the unique key while it is taken, else null
  archived          BOOLEAN NOT NULL            -- final, and takes no unique key: on PostgreSQL in a partition of its own
);

-- Claims: a range scan for each priority. Final and blocked rows are out of it (H2 has no partial indexes, but nulls).
CREATE INDEX IF NOT EXISTS trigrun_execution_claim
  ON trigrun_execution (claim_queue, priority, due_at, id, handler);
-- Who gets a slot that is freed: the first one of each lane.
CREATE INDEX IF NOT EXISTS trigrun_execution_blocked
  ON trigrun_execution (blocked_key, queue, handler, priority, concurrency_limit, due_at, id);
-- One execution for each unique key. The key comes first: H2 looks up a list of values by the first column only.
CREATE UNIQUE INDEX IF NOT EXISTS trigrun_execution_key
  ON trigrun_execution (taken_key, workspace);
-- Lists, newest first: all, of a job, of a parent.
CREATE INDEX IF NOT EXISTS trigrun_execution_list
  ON trigrun_execution (workspace, created_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS trigrun_execution_job
  ON trigrun_execution (job_id, created_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS trigrun_execution_parent
  ON trigrun_execution (parent_id, created_at DESC, id DESC);
-- Purging, the earliest finished first.
CREATE INDEX IF NOT EXISTS trigrun_execution_finished
  ON trigrun_execution (finished_at, id);

-- The history: appended with the transition that ends the attempt, never changed. A number may come again under another
-- lease (a revival, an attempt that did not count), but not under the same.
CREATE TABLE IF NOT EXISTS trigrun_attempt (
  execution_id  UUID NOT NULL,
  lease         BIGINT NOT NULL,
  number        INTEGER NOT NULL,
  status        CHARACTER VARYING NOT NULL,     -- SUCCESS, TIMEOUT, CONNECTION_ERROR, HTTP_ERROR, ERROR
  started_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  latency_nanos BIGINT NOT NULL,
  status_code   INTEGER,
  error_class   CHARACTER VARYING,
  error         CHARACTER VARYING,
  body_preview  CHARACTER VARYING,
  headers       CHARACTER VARYING NOT NULL,     -- a name on one line, its value on the next
  node          CHARACTER VARYING NOT NULL,
  position      BIGINT GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (execution_id, lease, number)
);

-- Wake-ups that won their wait. Kept when consumed, so that later ones learn who won.
CREATE TABLE IF NOT EXISTS trigrun_wake (
  execution_id UUID NOT NULL,
  wait_key     CHARACTER VARYING NOT NULL,
  content      CHARACTER VARYING NOT NULL,
  woken_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  consumed     BOOLEAN NOT NULL,
  position     BIGINT GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (execution_id, wait_key)
);

-- Concurrency limits: how many executions of a key have begun and not ended, and how many are blocked in each lane
-- (queue, handler, priority, limit and their number, one a line).
-- Whoever takes or frees a slot holds the row's lock, so a limit is never exceeded. No row means nobody.
CREATE TABLE IF NOT EXISTS trigrun_slot (
  slot_key CHARACTER VARYING NOT NULL PRIMARY KEY,
  taken    INTEGER NOT NULL,
  lanes    CHARACTER VARYING NOT NULL
);

-- Rate limits: the turns that a key has given, as far as they matter. Whoever asks for one holds the row's lock, so a limit
-- is never exceeded. From until_at on the row means the same as none.
CREATE TABLE IF NOT EXISTS trigrun_rate (
  rate_key CHARACTER VARYING NOT NULL PRIMARY KEY,
  turns    CHARACTER VARYING NOT NULL,
  until_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);

-- Jobs, channels, rules: what was configured.
CREATE TABLE IF NOT EXISTS trigrun_definition (
  id            UUID NOT NULL PRIMARY KEY,
  workspace     CHARACTER VARYING NOT NULL,
  kind          CHARACTER VARYING NOT NULL,
  name          CHARACTER VARYING NOT NULL,
  owner         UUID,
  lookup_key    CHARACTER VARYING,
  configuration BOOLEAN NOT NULL,
  version       BIGINT NOT NULL,
  created_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  updated_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  document      CHARACTER VARYING NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS trigrun_definition_name ON trigrun_definition (workspace, kind, name);
CREATE UNIQUE INDEX IF NOT EXISTS trigrun_definition_key ON trigrun_definition (kind, lookup_key);
-- The parts of an owner: listed, and deleted with it.
CREATE INDEX IF NOT EXISTS trigrun_definition_owner
  ON trigrun_definition (owner, created_at DESC, id DESC);
-- Lists, newest first: of a workspace, of all workspaces.
CREATE INDEX IF NOT EXISTS trigrun_definition_list
  ON trigrun_definition (kind, workspace, created_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS trigrun_definition_list_all
  ON trigrun_definition (kind, created_at DESC, id DESC);

-- Which definition needs which. No foreign keys: writers lock what they refer to, and report instead of failing.
CREATE TABLE IF NOT EXISTS trigrun_reference (
  target_id     UUID NOT NULL,
  definition_id UUID NOT NULL,
  PRIMARY KEY (target_id, definition_id)
);
CREATE INDEX IF NOT EXISTS trigrun_reference_definition ON trigrun_reference (definition_id);

INSERT INTO trigrun_counter (name, amount)
  SELECT 'revision', 0 WHERE NOT EXISTS (SELECT 1 FROM trigrun_counter WHERE name = 'revision');
INSERT INTO trigrun_counter (name, amount)
  SELECT 'claim', 0 WHERE NOT EXISTS (SELECT 1 FROM trigrun_counter WHERE name = 'claim');
INSERT INTO trigrun_schema (version, description)
  SELECT 1, 'executions and definitions' WHERE NOT EXISTS (SELECT 1 FROM trigrun_schema WHERE version = 1);
