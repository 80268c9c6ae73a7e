-- TrigRun on H2, version 3: what executions leave behind of their steps.

-- Appended with the transition that brings it, never changed. Numbers are the handler's own.
CREATE TABLE IF NOT EXISTS trigrun_journal (
  execution_id UUID NOT NULL,
  number       INTEGER NOT NULL,
  document     CHARACTER VARYING NOT NULL,
  PRIMARY KEY (execution_id, number)
);

INSERT INTO trigrun_schema (version, description)
  SELECT 3, 'journal' WHERE NOT EXISTS (SELECT 1 FROM trigrun_schema WHERE version = 3);
