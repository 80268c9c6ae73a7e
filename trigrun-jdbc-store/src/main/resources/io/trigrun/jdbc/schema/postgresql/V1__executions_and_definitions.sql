-- TrigRun on PostgreSQL, version 1. Scripts are additive and may be run twice.
-- To use another prefix or schema replace "trigrun_" throughout, or let Schema.migrate do it.
-- Keys and names are compared byte by byte (COLLATE "C"): that is exact, and faster than by language.

-- Which scripts have run.
CREATE TABLE IF NOT EXISTS trigrun_schema (
  version      integer NOT NULL PRIMARY KEY,
  description  text NOT NULL,
  installed_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- revision: rises with each write of a configuration definition, in the transaction of that write.
CREATE TABLE IF NOT EXISTS trigrun_counter (
  name   text COLLATE "C" NOT NULL PRIMARY KEY,
  amount bigint NOT NULL
);

-- One row for each execution. Those that are final lie apart, so that the part in which work is looked for stays small and
-- its indexes are written when an execution comes and goes, and not in between.
CREATE TABLE IF NOT EXISTS trigrun_execution (
  id                uuid NOT NULL,
  workspace         text COLLATE "C" NOT NULL,
  queue             text COLLATE "C" NOT NULL,
  handler           text COLLATE "C" NOT NULL,
  job_id            uuid,
  parent_id         uuid,
  replay_of         uuid,
  caused_by         text COLLATE "C" NOT NULL, -- SCHEDULE, RUN_NOW, ENQUEUE, REPLAY, FOLLOW_UP, SYSTEM
  priority          smallint NOT NULL,         -- 0 lowest to 4 highest
  scheduled_for     timestamptz NOT NULL,
  created_at        timestamptz NOT NULL,
  payload           text NOT NULL,
  unique_key        text COLLATE "C",          -- as enqueued, for display
  unique_scope      text COLLATE "C",          -- WHILE_LIVE, WHILE_KEPT
  concurrency_key   text COLLATE "C",
  concurrency_limit integer,

  state             text COLLATE "C" NOT NULL, -- PENDING, RUNNING, WAITING, SUCCEEDED, FAILED, CANCELLED
  due_at            timestamptz NOT NULL,
  lease_until       timestamptz,               -- instead of due_at, if not null: so a claim changes no index
  started_at        timestamptz,
  finished_at       timestamptz,
  attempt           integer NOT NULL,
  lease             bigint NOT NULL,           -- rises with each claim and cancel; older ones can write nothing
  node              text,
  woken             boolean NOT NULL,          -- made PENDING by a wake-up: the next claim is no new attempt
  has_wakes         boolean NOT NULL,          -- whether trigrun_wake has rows of it
  wait_keys         text,                      -- what a WAITING one waits for, one a line
  holds_slot        boolean NOT NULL,          -- counts in trigrun_slot.taken
  failure_class     text,
  failure_message   text,
  progress          double precision,
  progress_message  text,
  output            text,
  checkpoint        text,
  last_attempt      text,                      -- the attempt that ended it; those before are in trigrun_attempt
  turn              text,                      -- the turn under its rate limits that it waits for: when, and whose

  claim_queue       text COLLATE "C",          -- the queue it can be claimed from; null when final or blocked
  blocked_key       text COLLATE "C",          -- the concurrency key while it waits for a slot, else null
  taken_key         text COLLATE "C",          -- the unique key while it is taken, else null
  archived          boolean NOT NULL           -- final, and takes no unique key
) PARTITION BY LIST (archived);

-- More than half of each page is left free for the row's next version, which then needs no new index entries. Empty pages are kept: a
-- table that was short when a statement was planned would be read whole when it has grown since.
CREATE TABLE IF NOT EXISTS trigrun_execution_live PARTITION OF trigrun_execution FOR VALUES IN (FALSE)
  WITH (fillfactor = 45, vacuum_truncate = FALSE,
    autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
CREATE TABLE IF NOT EXISTS trigrun_execution_archived PARTITION OF trigrun_execution FOR VALUES IN (TRUE);

CREATE UNIQUE INDEX IF NOT EXISTS trigrun_execution_live_id ON trigrun_execution_live (id);
CREATE UNIQUE INDEX IF NOT EXISTS trigrun_execution_archived_id ON trigrun_execution_archived (id);
-- Claims: a range scan for each priority.
CREATE INDEX IF NOT EXISTS trigrun_execution_claim
  ON trigrun_execution_live (claim_queue, priority, due_at, id) WHERE claim_queue IS NOT NULL;
-- Who gets a slot that is freed: the first one of each lane.
CREATE INDEX IF NOT EXISTS trigrun_execution_blocked
  ON trigrun_execution_live (blocked_key, queue, handler, priority, concurrency_limit, due_at, id)
  WHERE blocked_key IS NOT NULL;
-- One execution for each unique key. Whatever takes one is in this part.
CREATE UNIQUE INDEX IF NOT EXISTS trigrun_execution_key
  ON trigrun_execution_live (taken_key, workspace) WHERE taken_key IS NOT NULL;
-- Lists, newest first: all, of a job, of a parent.
CREATE INDEX IF NOT EXISTS trigrun_execution_live_list
  ON trigrun_execution_live (workspace, created_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS trigrun_execution_archived_list
  ON trigrun_execution_archived (workspace, created_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS trigrun_execution_live_job
  ON trigrun_execution_live (job_id, created_at DESC, id DESC) WHERE job_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS trigrun_execution_archived_job
  ON trigrun_execution_archived (job_id, created_at DESC, id DESC) WHERE job_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS trigrun_execution_live_parent
  ON trigrun_execution_live (parent_id, created_at DESC, id DESC) WHERE parent_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS trigrun_execution_archived_parent
  ON trigrun_execution_archived (parent_id, created_at DESC, id DESC) WHERE parent_id IS NOT NULL;
-- Purging, the earliest finished first.
CREATE INDEX IF NOT EXISTS trigrun_execution_live_finished
  ON trigrun_execution_live (finished_at, id) WHERE finished_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS trigrun_execution_archived_finished
  ON trigrun_execution_archived (finished_at, id);

-- Ends executions one by one, each in a transaction of its own. The disk is waited for once, by the last of them: what it flushes
-- includes all that was written before. Tells for each whether it was ended ('t') or left alone ('f').
CREATE OR REPLACE PROCEDURE trigrun_finish_each(ids uuid[], leases bigint[], states text[], instants timestamptz[], attempts integer[],
    last_attempts text[], outputs text[], failure_classes text[], failure_messages text[], checkpoints text[], INOUT ended text)
LANGUAGE plpgsql AS $$
BEGIN
  ended := '';
  FOR i IN 1 .. cardinality(ids) LOOP
    IF i < cardinality(ids) THEN
      PERFORM set_config('synchronous_commit', 'off', TRUE);
    END IF;
    WITH e AS (
      DELETE FROM trigrun_execution_live e
      WHERE e.ctid = (SELECT l.ctid FROM trigrun_execution_live l
        WHERE l.id = ids[i] AND l.lease = leases[i] AND l.state = 'RUNNING'
          AND l.concurrency_key IS NULL AND (l.taken_key IS NULL OR l.unique_scope = 'WHILE_LIVE')
        FOR UPDATE SKIP LOCKED) -- who has to wait for somebody's transaction waits by itself
      RETURNING e.*
    )
    INSERT INTO trigrun_execution_archived (
      id, workspace, queue, handler, job_id, parent_id, replay_of, caused_by, priority, scheduled_for, created_at, payload,
      unique_key, unique_scope, state, due_at, started_at, finished_at, attempt, lease, node, woken, has_wakes, failure_class,
      failure_message, progress, progress_message, output, checkpoint, last_attempt, holds_slot, archived)
    SELECT e.id, e.workspace, e.queue, e.handler, e.job_id, e.parent_id, e.replay_of, e.caused_by, e.priority, e.scheduled_for,
      e.created_at, e.payload, e.unique_key, e.unique_scope, states[i], instants[i], e.started_at, instants[i], attempts[i],
      e.lease, e.node, e.woken, e.has_wakes, failure_classes[i], failure_messages[i], e.progress, e.progress_message,
      COALESCE(outputs[i], e.output), COALESCE(checkpoints[i], e.checkpoint), last_attempts[i], FALSE, TRUE
    FROM e;
    ended := ended || CASE WHEN FOUND THEN 't' ELSE 'f' END;
    COMMIT;
  END LOOP;
  IF right(ended, 1) = 'f' THEN -- the last had nothing to write, so that something else has to flush the others
    PERFORM 1 FROM trigrun_counter WHERE name = 'revision' FOR KEY SHARE;
    COMMIT;
  END IF;
END $$;

-- The history: appended with the transition that ends the attempt, never changed. A number may come again under another
-- lease (a revival, an attempt that did not count), but not under the same.
CREATE TABLE IF NOT EXISTS trigrun_attempt (
  execution_id  uuid NOT NULL,
  lease         bigint NOT NULL,
  number        integer NOT NULL,
  status        text NOT NULL,                 -- SUCCESS, TIMEOUT, CONNECTION_ERROR, HTTP_ERROR, ERROR
  started_at    timestamptz NOT NULL,
  latency_nanos bigint NOT NULL,
  status_code   integer,
  error_class   text,
  error         text,
  body_preview  text,
  headers       text NOT NULL,                 -- a name on one line, its value on the next
  node          text NOT NULL,
  position      bigint GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (execution_id, lease, number)
);

-- Wake-ups that won their wait. Kept when consumed, so that later ones learn who won.
CREATE TABLE IF NOT EXISTS trigrun_wake (
  execution_id uuid NOT NULL,
  wait_key     text COLLATE "C" NOT NULL,
  content      text NOT NULL,
  woken_at     timestamptz NOT NULL,
  consumed     boolean NOT NULL,
  position     bigint GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (execution_id, wait_key)
);

-- Concurrency limits: how many executions of a key have begun and not ended, and how many are blocked in each lane
-- (queue, handler, priority, limit and their number, one a line).
-- Whoever takes or frees a slot holds the row's lock, so a limit is never exceeded. No row means nobody.
CREATE TABLE IF NOT EXISTS trigrun_slot (
  slot_key text COLLATE "C" NOT NULL PRIMARY KEY,
  taken    integer NOT NULL,
  lanes    text NOT NULL
);

-- Rate limits: the turns that a key has given, as far as they matter. Whoever asks for one holds the row's lock, so a limit
-- is never exceeded. From until_at on the row means the same as none.
CREATE TABLE IF NOT EXISTS trigrun_rate (
  rate_key text COLLATE "C" NOT NULL PRIMARY KEY,
  turns    text NOT NULL,
  until_at timestamptz NOT NULL
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);

-- Jobs, channels, rules: what was configured.
CREATE TABLE IF NOT EXISTS trigrun_definition (
  id            uuid NOT NULL PRIMARY KEY,
  workspace     text COLLATE "C" NOT NULL,
  kind          text COLLATE "C" NOT NULL,
  name          text COLLATE "C" NOT NULL,
  owner         uuid,
  lookup_key    text COLLATE "C",
  configuration boolean NOT NULL,
  version       bigint NOT NULL,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  document      text NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS trigrun_definition_name ON trigrun_definition (workspace, kind, name);
CREATE UNIQUE INDEX IF NOT EXISTS trigrun_definition_key ON trigrun_definition (kind, lookup_key);
-- The parts of an owner: listed, and deleted with it.
CREATE INDEX IF NOT EXISTS trigrun_definition_owner
  ON trigrun_definition (owner, created_at DESC, id DESC) WHERE owner IS NOT NULL;
-- Lists, newest first: of a workspace, of all workspaces.
CREATE INDEX IF NOT EXISTS trigrun_definition_list
  ON trigrun_definition (kind, workspace, created_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS trigrun_definition_list_all
  ON trigrun_definition (kind, created_at DESC, id DESC);

-- Which definition needs which. No foreign keys: writers lock what they refer to, and report instead of failing.
CREATE TABLE IF NOT EXISTS trigrun_reference (
  target_id     uuid NOT NULL,
  definition_id uuid NOT NULL,
  PRIMARY KEY (target_id, definition_id)
);
CREATE INDEX IF NOT EXISTS trigrun_reference_definition ON trigrun_reference (definition_id);

INSERT INTO trigrun_counter (name, amount) VALUES ('revision', 0) ON CONFLICT DO NOTHING;

-- The pages that are kept, from the start: enough for every plan to take the index.
INSERT INTO trigrun_execution_live (id, workspace, queue, handler, caused_by, priority, scheduled_for, created_at, payload, state,
    due_at, attempt, lease, woken, has_wakes, holds_slot, archived)
  SELECT md5(n::text)::uuid, '', '', '', '', 0, now(), now(), repeat(' ', 200), '', now(), 0, 0, FALSE, FALSE, FALSE, FALSE
  FROM generate_series(1, 1000) n WHERE NOT EXISTS (SELECT 1 FROM trigrun_schema WHERE version = 1)
  ON CONFLICT DO NOTHING;
DELETE FROM trigrun_execution_live WHERE id IN (SELECT md5(n::text)::uuid FROM generate_series(1, 1000) n);

INSERT INTO trigrun_schema (version, description) VALUES (1, 'executions and definitions') ON CONFLICT DO NOTHING;
