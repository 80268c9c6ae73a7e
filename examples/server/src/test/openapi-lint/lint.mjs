// Reads an OpenAPI document from the standard input and prints what redocly's recommended rules
// find in it as JSON: [{"severity", "rule", "message", "where"}].
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { readFileSync } from 'node:fs';

const problems = await lintFromString({
  source: readFileSync(0, 'utf8'),
  absoluteRef: 'openapi.json',
  // Tags only group operations, each of which has a summary.
  config: await createConfig({ extends: ['recommended'], rules: { 'tag-description': 'off' } }),
});
console.log(
  JSON.stringify(
    problems.map((problem) => ({
      severity: problem.severity,
      rule: problem.ruleId,
      message: problem.message,
      where: problem.location?.[0]?.pointer ?? '',
    })),
  ),
);
