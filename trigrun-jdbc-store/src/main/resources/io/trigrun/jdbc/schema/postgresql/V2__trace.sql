-- TrigRun on PostgreSQL, version 2: where in which trace an execution was enqueued.
-- Adding the column rewrites nothing. Nodes of the version before may go on: they don't know the column, and an execution that one
-- of them ends loses its trace.

-- W3C Trace Context: traceparent and, on a second line, tracestate. Null without a tracer.
ALTER TABLE trigrun_execution ADD COLUMN IF NOT EXISTS trace text COLLATE "C";

-- As in version 1, and takes the trace along. Ends executions one by one, each in a transaction of its own. The disk is waited for
-- once, by the last of them: what it flushes includes all that was written before. Tells for each whether it was ended ('t') or
-- left alone ('f').
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
      failure_message, progress, progress_message, output, checkpoint, last_attempt, trace, holds_slot, archived)
    SELECT e.id, e.workspace, e.queue, e.handler, e.job_id, e.parent_id, e.replay_of, e.caused_by, e.priority, e.scheduled_for,
      e.created_at, e.payload, e.unique_key, e.unique_scope, states[i], instants[i], e.started_at, instants[i], attempts[i],
      e.lease, e.node, e.woken, e.has_wakes, failure_classes[i], failure_messages[i], e.progress, e.progress_message,
      COALESCE(outputs[i], e.output), COALESCE(checkpoints[i], e.checkpoint), last_attempts[i], e.trace, FALSE, TRUE
    FROM e;
    ended := ended || CASE WHEN FOUND THEN 't' ELSE 'f' END;
    COMMIT;
  END LOOP;
  IF right(ended, 1) = 'f' THEN -- the last had nothing to write, so that something else has to flush the others
    PERFORM 1 FROM trigrun_counter WHERE name = 'revision' FOR KEY SHARE;
    COMMIT;
  END IF;
END $$;

INSERT INTO trigrun_schema (version, description) VALUES (2, 'trace') ON CONFLICT DO NOTHING;
