-- TrigRun on H2, version 2: where in which trace an execution was enqueued.

-- W3C Trace Context: traceparent and, on a second line, tracestate. Null without a tracer.
ALTER TABLE trigrun_execution ADD COLUMN IF NOT EXISTS trace CHARACTER VARYING;

INSERT INTO trigrun_schema (version, description)
  SELECT 2, 'trace' WHERE NOT EXISTS (SELECT 1 FROM trigrun_schema WHERE version = 2);
