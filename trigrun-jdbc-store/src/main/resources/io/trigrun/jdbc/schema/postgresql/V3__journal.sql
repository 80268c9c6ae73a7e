-- TrigRun on PostgreSQL, version 3: what executions leave behind of their steps. Nodes of the version before may go on: they don't
-- know the table.

-- Appended with the transition that brings it, never changed. Numbers are the handler's own.
CREATE TABLE IF NOT EXISTS trigrun_journal (
  execution_id uuid NOT NULL,
  number       integer NOT NULL,
  document     text NOT NULL,
  PRIMARY KEY (execution_id, number)
);

INSERT INTO trigrun_schema (version, description) VALUES (3, 'journal') ON CONFLICT DO NOTHING;
