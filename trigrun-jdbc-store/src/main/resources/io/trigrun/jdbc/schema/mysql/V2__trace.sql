-- TrigRun on MariaDB and MySQL, version 2: where in which trace an execution was enqueued.
-- Nodes of the version before may go on: they don't know the column.

-- W3C Trace Context: traceparent and, on a second line, tracestate. Null without a tracer.
-- MySQL has no ADD COLUMN IF NOT EXISTS. The table may be named with its schema, which is then looked into.
SET @add_trace = (SELECT IF(COUNT(*) > 0, 'DO 0', 'ALTER TABLE trigrun_execution ADD COLUMN trace VARCHAR(600)')
  FROM information_schema.columns
  WHERE column_name = 'trace' AND table_name = SUBSTRING_INDEX('trigrun_execution', '.', -1)
    AND table_schema = IF(LOCATE('.', 'trigrun_execution') > 0, SUBSTRING_INDEX('trigrun_execution', '.', 1), DATABASE()));
PREPARE add_trace FROM @add_trace;
EXECUTE add_trace;
DEALLOCATE PREPARE add_trace;

INSERT INTO trigrun_schema (version, description)
  SELECT 2, 'trace' WHERE NOT EXISTS (SELECT 1 FROM trigrun_schema WHERE version = 2);
