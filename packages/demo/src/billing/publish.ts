import { ConflictError, isError } from '@backstage/errors';
import { createHash } from 'crypto';
import { createReadStream } from 'fs';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'fs/promises';
import { dirname, join } from 'path';
import { pipeline } from 'stream/promises';
import { Totals } from './totals';

/** Raised whenever the same recipe would give other bytes than before. */
const generatorVersion = 3;

const manifestName = 'manifest.json';

/** What an export was made from. */
export type Recipe = Readonly<Record<string, string | number>>;

/** The contents of `manifest.json`. */
export type Manifest = {
  version: number;
  recipe: Recipe;
  /** SHA-256 over the hashes of all files. */
  hash: string;
  files: { path: string; rows: number; bytes: number; sha256: string }[];
  /** Undefined for scaled exports. */
  totals?: Totals[];
};

/** An export that lies in its folder. */
export type PublishedExport = {
  directory: string;
  manifest: Manifest;
  /** Whether it was there before. */
  reused: boolean;
};

const isMissing = (error: unknown) => isError(error) && error.code === 'ENOENT';

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

async function readManifest(directory: string): Promise<Manifest | undefined> {
  try {
    return JSON.parse(
      await readFile(join(directory, manifestName), 'utf8'),
    ) as Manifest;
  } catch (error) {
    if (error instanceof SyntaxError || isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

async function isComplete(
  directory: string,
  manifest: Manifest,
): Promise<boolean> {
  for (const { path, bytes } of manifest.files) {
    try {
      if ((await stat(join(directory, path))).size !== bytes) {
        return false;
      }
    } catch (error) {
      if (isMissing(error)) {
        return false;
      }
      throw error;
    }
  }
  return true;
}

/** Refuses to replace what is not an export. */
async function assertReplaceable(directory: string): Promise<void> {
  try {
    const names = await readdir(directory);
    if (names.length > 0 && !names.includes(manifestName)) {
      throw new ConflictError(
        `${directory} holds something else than an export; choose an empty folder`,
      );
    }
  } catch (error) {
    if (!isMissing(error)) {
      throw error;
    }
  }
}

async function moveAside(directory: string, old: string): Promise<void> {
  try {
    await rename(directory, old);
  } catch (error) {
    if (!isMissing(error)) {
      throw error;
    }
  }
}

/**
 * Puts an export into its folder as a whole: written beside it, then renamed.
 * One that was made from the same recipe is left alone.
 *
 * @param write - writes into the folder it is given, and tells what it wrote
 * @throws ConflictError where the folder holds something else than an export
 */
export async function publish(
  target: { directory: string; recipe: Recipe },
  write: (folder: string) => Promise<{
    files: { path: string; rows: number }[];
    totals?: Totals[];
  }>,
): Promise<PublishedExport> {
  const { directory, recipe } = target;
  const present = await readManifest(directory);
  if (
    present?.version === generatorVersion &&
    JSON.stringify(present.recipe) === JSON.stringify(recipe) &&
    (await isComplete(directory, present))
  ) {
    return { directory, manifest: present, reused: true };
  }

  await assertReplaceable(directory);
  await mkdir(dirname(directory), { recursive: true });
  const folder = await mkdtemp(`${directory}.new-`);
  const old = `${folder}.old`;
  try {
    const { files, totals } = await write(folder);
    const described = [];
    for (const file of files) {
      const path = join(folder, file.path);
      described.push({
        ...file,
        bytes: (await stat(path)).size,
        sha256: await sha256(path),
      });
    }
    const manifest: Manifest = {
      version: generatorVersion,
      recipe,
      hash: createHash('sha256')
        .update(described.map(file => file.sha256).join())
        .digest('hex'),
      files: described,
      ...(totals && { totals }),
    };
    await writeFile(
      join(folder, manifestName),
      `${JSON.stringify(manifest, undefined, 2)}\n`,
    );
    // A temporary folder is its maker's alone; an export is for everyone
    await chmod(folder, 0o755);
    await moveAside(directory, old);
    await rename(folder, directory);
    return { directory, manifest, reused: false };
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}
