import { createMockDirectory } from '@backstage/backend-test-utils';
import { promises as fs } from 'node:fs';
import { Workspace } from './Workspace';

const dir = createMockDirectory({
  content: { 'in.csv': 'a\n1\n', 'out.csv': 'a\n2\n' },
});
const limits = { memory: '100MB', threads: 1 };

async function withWorkspace(
  task: (workspace: Workspace, file: string) => Promise<void>,
  signal = new AbortController().signal,
  maxBytes?: number,
) {
  const workspace = await Workspace.create({ ...limits, maxBytes }, signal);
  try {
    const file = workspace.path('file-0.csv');
    await fs.symlink(dir.resolve('in.csv'), file);
    await workspace.open([file]);
    await task(workspace, file);
  } finally {
    await workspace.dispose();
  }
}

it('lets DuckDB see the files it was given and no other', async () => {
  await withWorkspace(async (workspace, file) => {
    expect(await workspace.rows(`SELECT a FROM '${file}'`)).toHaveLength(1);
    for (const forbidden of [
      `SELECT * FROM read_csv('${dir.resolve('out.csv')}')`,
      `SELECT * FROM read_text('/etc/passwd')`,
      `SELECT * FROM glob('/etc/*')`,
      `COPY (SELECT 1) TO '${dir.resolve('new.csv')}'`,
      `ATTACH '${dir.resolve('new.db')}'`,
      `SELECT * FROM read_csv('http://127.0.0.1:1/x.csv')`,
      `INSTALL httpfs`,
      `LOAD httpfs`,
    ]) {
      await expect(workspace.rows(forbidden)).rejects.toThrow(
        /Permission|disabled|extension/i,
      );
    }
    await expect(
      workspace.run('SET enable_external_access = true'),
    ).rejects.toThrow(/lock/);
  });
});

it('stops at once when aborted, with the reason of the abort', async () => {
  const abort = new AbortController();
  await withWorkspace(async workspace => {
    const started = Date.now();
    setTimeout(() => abort.abort(new Error('time is up')), 100);
    await expect(
      workspace.run(
        'SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b',
      ),
    ).rejects.toThrow('time is up');
    expect(Date.now() - started).toBeLessThan(2_000);
  }, abort.signal);
});

it('lets DuckDB write no more than it may', async () => {
  const sort = `CREATE TEMP TABLE t AS SELECT range, md5(range::VARCHAR) AS text FROM range(2000000) ORDER BY text`;
  await withWorkspace(
    async workspace => {
      await expect(workspace.run(sort)).rejects.toThrow(
        /max_temp_directory_size/,
      );
    },
    undefined,
    1_000_000,
  );
}, 30_000);
