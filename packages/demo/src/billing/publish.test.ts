import { ConflictError } from '@backstage/errors';
import { mkdir, readdir, readFile, rm, writeFile } from 'fs/promises';
import { join } from 'path';
import { publish } from './publish';
import { temporaryFolder } from './testing';

const writing = (text: string) => async (folder: string) => {
  await writeFile(join(folder, 'a.csv'), text);
  return { files: [{ path: 'a.csv', rows: 1 }] };
};

describe('publish', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let directory: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
    directory = join(folder.path, 'out');
    await publish({ directory, recipe: { seed: 1 } }, writing('one'));
  });

  afterEach(() => folder.remove());

  const content = () => readFile(join(directory, 'a.csv'), 'utf8');

  it('replaces an export of another recipe as a whole', async () => {
    await publish({ directory, recipe: { seed: 2 } }, writing('two'));
    await expect(content()).resolves.toBe('two');
    await expect(readdir(folder.path)).resolves.toEqual(['out']);
  });

  it('keeps the old export and leaves nothing behind when writing fails', async () => {
    const failing = publish({ directory, recipe: { seed: 2 } }, async path => {
      await writeFile(join(path, 'a.csv'), 'half');
      throw new Error('disk full');
    });
    await expect(failing).rejects.toThrow('disk full');
    await expect(content()).resolves.toBe('one');
    await expect(readdir(folder.path)).resolves.toEqual(['out']);
  });

  it('writes again what lost a file', async () => {
    await rm(join(directory, 'a.csv'));
    const again = await publish(
      { directory, recipe: { seed: 1 } },
      writing('one'),
    );
    expect(again.reused).toBe(false);
    await expect(content()).resolves.toBe('one');
  });

  it('does not touch a folder that holds something else', async () => {
    const other = join(folder.path, 'photos');
    await mkdir(other);
    await writeFile(join(other, 'cat.jpg'), 'cat');
    await expect(
      publish({ directory: other, recipe: { seed: 1 } }, writing('one')),
    ).rejects.toThrow(ConflictError);
    await expect(readdir(other)).resolves.toEqual(['cat.jpg']);
  });
});
