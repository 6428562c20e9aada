import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemFilter } from './portalLog.mjs';

test('warnings and errors are shown with the lines that belong to them', () => {
  const isProblem = problemFilter();
  const shown = [
    'Loading config from app-config.yaml',
    '\u001b[2m2026-11-23T06:44:21.063Z\u001b[22m \u001b[34mcatalog\u001b[39m \u001b[32minfo\u001b[39m ready',
    '2026-11-23T06:44:22.063Z search warn no index',
    '2026-11-23T06:44:23.063Z catalog error cannot read',
    '    at read (catalog.js:1:2)',
    '2026-11-23T06:44:24.063Z catalog info done',
    '{ "more": true }',
  ].filter(isProblem);
  assert.deepEqual(shown, [
    '2026-11-23T06:44:22.063Z search warn no index',
    '2026-11-23T06:44:23.063Z catalog error cannot read',
    '    at read (catalog.js:1:2)',
  ]);
});

test('what Node itself says on stderr is shown', () => {
  assert.equal(problemFilter({ shownAtFirst: true })('Error: boom'), true);
});
