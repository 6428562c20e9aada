import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { step, StepError } from './steps.mjs';

test('a step that fails says which one, why and what to do', async () => {
  const failing = step('install packages', 'try again.', async () => {
    throw new Error('no network');
  });
  await assert.rejects(failing, {
    name: 'StepError',
    message: 'Failed: install packages.\nno network\nWhat to do: try again.',
  });
});

test('a failure that explains itself is passed on as it is', async () => {
  const original = new StepError('Failed: fetch Node 22.');
  const failing = step('install packages', 'try again.', async () => {
    throw original;
  });
  await assert.rejects(failing, error => error === original);
});

test('a step that works says how long it took and how it went', async t => {
  const log = mock.method(console, 'log', () => {});
  t.after(() => log.mock.restore());
  await step('build the front end', 'x', async () => 'unchanged');
  assert.match(
    log.mock.calls[0].arguments[0],
    /^ {2}build the front end \(unchanged\): \d+\.\d s$/,
  );
});
