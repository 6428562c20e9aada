import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { fingerprint, unlessUnchanged } from './fingerprint.mjs';

let base;

beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'fingerprint-'));
  await mkdir(path.join(base, 'src/node_modules'), { recursive: true });
  await writeFile(path.join(base, 'src/a.ts'), 'a');
});

afterEach(() => rm(base, { recursive: true }));

describe('fingerprint', () => {
  const print = () => fingerprint(base, ['src', 'missing.json']);

  test('changes with a content, a name and a new file', async () => {
    const prints = [await print()];
    await writeFile(path.join(base, 'src/a.ts'), 'b');
    prints.push(await print());
    await writeFile(path.join(base, 'src/b.ts'), '');
    prints.push(await print());
    await writeFile(path.join(base, 'missing.json'), '');
    prints.push(await print());
    assert.equal(new Set(prints).size, 4);
  });

  test('does not look at tests and at what is installed or built', async () => {
    const before = await print();
    await writeFile(path.join(base, 'src/a.test.ts'), 'x');
    await writeFile(path.join(base, 'src/node_modules/x.js'), 'x');
    assert.equal(await print(), before);
  });
});

describe('unlessUnchanged', () => {
  let runs;
  const perform = (print, { there = true, work } = {}) =>
    unlessUnchanged(path.join(base, 'stamps/x'), print, {
      isThere: async () => there,
      work: async () => {
        runs += 1;
        return work?.();
      },
    });

  beforeEach(() => {
    runs = 0;
  });

  test('works once for a fingerprint', async () => {
    assert.equal(await perform('1'), undefined);
    assert.equal(await perform('1'), 'unchanged');
    assert.equal(runs, 1);
  });

  test('works again for another fingerprint, or when the result is gone', async () => {
    await perform('1');
    await perform('2');
    await perform('2', { there: false });
    assert.equal(runs, 3);
  });

  test('does not remember work that failed', async () => {
    const work = () => {
      throw new Error('no');
    };
    await assert.rejects(perform('1', { work }), /no/);
    await perform('1');
    assert.equal(runs, 2);
  });
});
