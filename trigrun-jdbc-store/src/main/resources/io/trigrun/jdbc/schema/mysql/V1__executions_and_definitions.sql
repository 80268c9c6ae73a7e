-- TrigRun on MariaDB and MySQL, version 1. Scripts are additive and may be run twice. Instants are UTC, to the microsecond.
-- To use another prefix or schema replace "trigrun_" throughout, or let Schema.migrate do it.
-- Texts are compared character by character: A is not a, and a blank at the end counts. Each of the two databases has its own
-- name for that and reads only its own comment. Ids are the 16 bytes of a UUID.

-- Which scripts have run.
CREATE TABLE IF NOT EXISTS trigrun_schema (
  version      INTEGER NOT NULL PRIMARY KEY,
  description  VARCHAR(200) NOT NULL,
  installed_at DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6) NOT NULL
) CHARACTER SET utf8mb4 COLLATE /*M! utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */;

-- revision: rises with each write of a configuration definition, in the transaction of that write.
CREATE TABLE IF NOT EXISTS trigrun_counter (
  name   VARCHAR(200) NOT NULL PRIMARY KEY,
  amount BIGINT NOT NULL
) CHARACTER SET utf8mb4 COLLATE /*M! utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */;

-- One row for each execution.
CREATE TABLE IF NOT EXISTS trigrun_execution (
  id                BINARY(16) NOT NULL PRIMARY KEY,
  workspace         VARCHAR(100) NOT NULL,
  queue             VARCHAR(100) NOT NULL,
  handler           VARCHAR(100) NOT NULL,
  job_id            BINARY(16),
  parent_id         BINARY(16),
  replay_of         BINARY(16),
  caused_by         VARCHAR(20) NOT NULL,   -- SCHEDULE, RUN_NOW, ENQUEUE, REPLAY, FOLLOW_UP, SYSTEM
  priority          SMALLINT NOT NULL,      -- 0 lowest to 4 highest
  scheduled_for     DATETIME(6) NOT NULL,
  created_at        DATETIME(6) NOT NULL,
  payload           LONGTEXT NOT NULL,
  unique_key        VARCHAR(200),           -- as enqueued, for display
  unique_scope      VARCHAR(20),            -- WHILE_LIVE, WHILE_KEPT
  concurrency_key   VARCHAR(200),
  concurrency_limit INTEGER,

  state             VARCHAR(20) NOT NULL,   -- PENDING, RUNNING, WAITING, SUCCEEDED, FAILED, CANCELLED
  due_at            DATETIME(6) NOT NULL,
  lease_until       DATETIME(6),            -- instead of due_at, if not null: claims on PostgreSQL leave due_at alone
  started_at        DATETIME(6),
  finished_at       DATETIME(6),
  attempt           INTEGER NOT NULL,
  lease             BIGINT NOT NULL,        -- rises with each claim and cancel; older ones can write nothing
  node              VARCHAR(200),
  woken             TINYINT(1) NOT NULL,    -- made PENDING by a wake-up: the next claim is no new attempt
  has_wakes         TINYINT(1) NOT NULL,    -- whether trigrun_wake has rows of it
  wait_keys         MEDIUMTEXT,             -- what a WAITING one waits for, one a line
  holds_slot        TINYINT(1) NOT NULL,    -- counts in trigrun_slot.taken
  failure_class     MEDIUMTEXT,
  failure_message   MEDIUMTEXT,
  progress          DOUBLE,
  progress_message  MEDIUMTEXT,
  output            LONGTEXT,
  checkpoint        LONGTEXT,
  last_attempt      MEDIUMTEXT,             -- the attempt that ended it; those before are in trigrun_attempt
  turn              MEDIUMTEXT,             -- the turn under its rate limits that it waits for: when, and whose

  claim_queue       VARCHAR(100),           -- the queue it can be claimed from; null when final or blocked
  blocked_key       VARCHAR(200),           -- the concurrency key while it waits for a slot, else null
  taken_key         VARCHAR(200),           -- the unique key while it is taken, else null
  archived          TINYINT(1) NOT NULL,    -- final, and takes no unique key: on PostgreSQL in a partition of its own
  -- Claims: a range scan for each priority. Final and blocked rows are out of it (there are no partial indexes, but nulls).
  KEY by_claim (claim_queue, priority, due_at, id, handler),
  -- Who gets a slot that is freed: the first one of each lane.
  KEY by_blocked (blocked_key, queue, handler, priority, concurrency_limit, due_at, id),
  -- One execution for each unique key.
  UNIQUE KEY by_key (taken_key, workspace),
  -- Lists, newest first: all, of a job, of a parent.
  KEY by_list (workspace, created_at DESC, id DESC),
  KEY by_job (job_id, created_at DESC, id DESC),
  KEY by_parent (parent_id, created_at DESC, id DESC),
  -- Purging, the earliest finished first.
  KEY by_finished (finished_at, id)
) CHARACTER SET utf8mb4 COLLATE /*M! utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */;

-- The history: appended with the transition that ends the attempt, never changed. A number may come again under another
-- lease (a revival, an attempt that did not count), but not under the same.
CREATE TABLE IF NOT EXISTS trigrun_attempt (
  execution_id  BINARY(16) NOT NULL,
  lease         BIGINT NOT NULL,
  number        INTEGER NOT NULL,
  status        VARCHAR(20) NOT NULL,       -- SUCCESS, TIMEOUT, CONNECTION_ERROR, HTTP_ERROR, ERROR
  started_at    DATETIME(6) NOT NULL,
  latency_nanos BIGINT NOT NULL,
  status_code   INTEGER,
  error_class   MEDIUMTEXT,
  error         MEDIUMTEXT,
  body_preview  MEDIUMTEXT,
  headers       MEDIUMTEXT NOT NULL,        -- a name on one line, its value on the next
  node          VARCHAR(200) NOT NULL,
  position      BIGINT NOT NULL AUTO_INCREMENT,
  PRIMARY KEY (execution_id, lease, number),
  KEY by_position (position)
) CHARACTER SET utf8mb4 COLLATE /*M! utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */;

-- Wake-ups that won their wait. Kept when consumed, so that later ones learn who won.
CREATE TABLE IF NOT EXISTS trigrun_wake (
  execution_id BINARY(16) NOT NULL,
  wait_key     VARCHAR(200) NOT NULL,
  content      LONGTEXT NOT NULL,
  woken_at     DATETIME(6) NOT NULL,
  consumed     TINYINT(1) NOT NULL,
  position     BIGINT NOT NULL AUTO_INCREMENT,
  PRIMARY KEY (execution_id, wait_key),
  KEY by_position (position)
) CHARACTER SET utf8mb4 COLLATE /*M! utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */;

-- Concurrency limits: how many executions of a key have begun and not ended, and how many are blocked in each lane
-- (queue, handler, priority, limit and their number, one a line).
-- Whoever takes or frees a slot holds the row's lock, so a limit is never exceeded. No row means nobody.
CREATE TABLE IF NOT EXISTS trigrun_slot (
  slot_key VARCHAR(200) NOT NULL PRIMARY KEY,
  taken    INTEGER NOT NULL,
  lanes    MEDIUMTEXT NOT NULL
) CHARACTER SET utf8mb4 COLLATE /*M! utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */;

-- Rate limits: the turns that a key has given, as far as they matter. Whoever asks for one holds the row's lock, so a limit
-- is never exceeded. From until_at on the row means the same as none.
CREATE TABLE IF NOT EXISTS trigrun_rate (
  rate_key VARCHAR(300) NOT NULL PRIMARY KEY,
  turns    MEDIUMTEXT NOT NULL,
  until_at DATETIME(6) NOT NULL
) CHARACTER SET utf8mb4 COLLATE /*M! utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */;

-- Jobs, channels, rules: what was configured.
CREATE TABLE IF NOT EXISTS trigrun_definition (
  id            BINARY(16) NOT NULL PRIMARY KEY,
  workspace     VARCHAR(100) NOT NULL,
  kind          VARCHAR(100) NOT NULL,
  name          VARCHAR(200) NOT NULL,
  owner         BINARY(16),
  lookup_key    VARCHAR(200),
  configuration TINYINT(1) NOT NULL,
  version       BIGINT NOT NULL,
  created_at    DATETIME(6) NOT NULL,
  updated_at    DATETIME(6) NOT NULL,
  document      LONGTEXT NOT NULL,
  UNIQUE KEY by_name (workspace, kind, name),
  UNIQUE KEY by_key (kind, lookup_key),
  -- The parts of an owner: listed, and deleted with it.
  KEY by_owner (owner, created_at DESC, id DESC),
  -- Lists, newest first: of a workspace, of all workspaces.
  KEY by_list (kind, workspace, created_at DESC, id DESC),
  KEY by_list_all (kind, created_at DESC, id DESC)
) CHARACTER SET utf8mb4 COLLATE /*M! utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */;

-- Which definition needs which. No foreign keys: writers lock what they refer to, and report instead of failing.
CREATE TABLE IF NOT EXISTS trigrun_reference (
  target_id     BINARY(16) NOT NULL,
  definition_id BINARY(16) NOT NULL,
  PRIMARY KEY (target_id, definition_id),
  KEY by_definition (definition_id)
) CHARACTER SET utf8mb4 COLLATE /*M! utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */;

INSERT INTO trigrun_counter (name, amount)
  SELECT 'revision', 0 WHERE NOT EXISTS (SELECT 1 FROM trigrun_counter WHERE name = 'revision');
INSERT INTO trigrun_schema (version, description)
  SELECT 1, 'executions and definitions' WHERE NOT EXISTS (SELECT 1 FROM trigrun_schema WHERE version = 1);
