-- TrigRun on MariaDB and MySQL, version 3: what executions leave behind of their steps. Nodes of the version before may go on: they
-- don't know the table.

-- Appended with the transition that brings it, never changed. Numbers are the handler's own.
CREATE TABLE IF NOT EXISTS trigrun_journal (
  execution_id BINARY(16) NOT NULL,
  number       INTEGER NOT NULL,
  document     LONGTEXT NOT NULL,
  PRIMARY KEY (execution_id, number)
) CHARACTER SET utf8mb4 COLLATE /*M! utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */;

INSERT INTO trigrun_schema (version, description)
  SELECT 3, 'journal' WHERE NOT EXISTS (SELECT 1 FROM trigrun_schema WHERE version = 3);
