import { GitRepositorySeed } from '../types';
import { BareRepository, TreeEntry } from './BareRepository';

interface Folder {
  files: Map<string, { mode: string; sha: string }>;
  folders: Map<string, Folder>;
}

/**
 * Writes a seeded repository's commits and points its default branch to the last.
 *
 * @returns the SHA of the last commit.
 */
export async function writeHistory(
  repository: BareRepository,
  seed: GitRepositorySeed,
): Promise<string> {
  const contents = new Map<string, string>();
  const executable = new Set<string>();
  let head: string | undefined;
  for (const commit of seed.commits) {
    commit.executable?.forEach(path => executable.add(path));
    for (const [path, content] of Object.entries(commit.files)) {
      if (content === undefined) {
        contents.delete(path);
      } else {
        contents.set(path, content);
      }
    }
    const identity = { ...commit.author, date: commit.date };
    head = await repository.writeCommit({
      tree: await writeTree(repository, contents, executable),
      parents: head ? [head] : [],
      author: identity,
      committer: identity,
      message: commit.message,
    });
  }
  if (!head) {
    throw new Error(
      `The repository ${seed.owner}/${seed.name} has no commits: give it at least one.`,
    );
  }
  const branch = seed.defaultBranch ?? 'main';
  await repository.setRefs(new Map([[`refs/heads/${branch}`, head]]));
  return head;
}

async function writeTree(
  repository: BareRepository,
  contents: ReadonlyMap<string, string>,
  executable: ReadonlySet<string>,
): Promise<string> {
  const root: Folder = { files: new Map(), folders: new Map() };
  for (const [path, content] of contents) {
    const names = path.split('/');
    const name = names.pop() ?? path;
    let folder = root;
    for (const part of names) {
      const next = folder.folders.get(part) ?? {
        files: new Map(),
        folders: new Map(),
      };
      folder.folders.set(part, next);
      folder = next;
    }
    folder.files.set(name, {
      mode: executable.has(path) ? '100755' : '100644',
      sha: await repository.writeBlob(Buffer.from(content, 'utf8')),
    });
  }
  return writeFolder(repository, root);
}

async function writeFolder(
  repository: BareRepository,
  folder: Folder,
): Promise<string> {
  const entries: TreeEntry[] = [];
  for (const [name, file] of folder.files) {
    entries.push({ name, ...file });
  }
  for (const [name, child] of folder.folders) {
    entries.push({
      name,
      mode: '40000',
      sha: await writeFolder(repository, child),
    });
  }
  return repository.writeTree(entries);
}
