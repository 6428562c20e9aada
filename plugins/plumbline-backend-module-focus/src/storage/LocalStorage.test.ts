import { createMockDirectory } from '@backstage/backend-test-utils';
import { promises as fs } from 'node:fs';
import { LocalStorage } from './LocalStorage';

const dir = createMockDirectory();

async function listed() {
  const storage = LocalStorage.create({ path: dir.path });
  const files = await storage.list(new AbortController().signal);
  return files.map(({ name }) => name).sort();
}

beforeEach(() => {
  dir.setContent({ '2026-09': { 'bill.csv': 'a' } });
});

it('lists a file once, whatever links lead to it', async () => {
  await fs.symlink('bill.csv', dir.resolve('2026-09/a-latest.csv'));
  await fs.symlink('2026-09', dir.resolve('2026-10'));
  await fs.symlink('2026-09', dir.resolve('a-current'));
  expect(await listed()).toEqual(['2026-09/bill.csv']);
});

it('does not go round in circles, nor stumble over links that lead nowhere', async () => {
  await fs.symlink('.', dir.resolve('loop'));
  await fs.symlink('..', dir.resolve('2026-09/up'));
  await fs.symlink('self', dir.resolve('self'));
  await fs.symlink('nowhere', dir.resolve('gone.csv'));
  expect(await listed()).toEqual(['2026-09/bill.csv']);
});

it('follows links to what only they show, as volumes of a cluster have them', async () => {
  dir.clear();
  await fs.mkdir(`${dir.path}/..2026_11_20/loop`, { recursive: true });
  await fs.writeFile(`${dir.path}/..2026_11_20/bill.csv`, 'a');
  await fs.symlink('..', `${dir.path}/..2026_11_20/loop/up`);
  await fs.symlink('..2026_11_20', `${dir.path}/..data`);
  await fs.symlink('..data/bill.csv', dir.resolve('bill.csv'));
  expect(await listed()).toEqual(['..2026_11_20/bill.csv', 'bill.csv']);
});
