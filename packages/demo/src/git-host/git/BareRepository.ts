import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import { dirname, join } from 'node:path';
import { git } from './git';

/** The kinds of object this host writes. */
export type GitObjectType = 'blob' | 'tree' | 'commit';

/** One entry of a tree; `sha` names a blob or another tree. */
export interface TreeEntry {
  name: string;
  mode: string;
  sha: string;
}

/** Who wrote a commit and when, as the commit object states it. */
export interface Identity {
  name: string;
  email: string;
  /** ISO 8601. */
  date: string;
}

/** What a commit object says. */
export interface CommitContent {
  tree: string;
  parents: string[];
  author: Identity;
  committer: Identity;
  message: string;
}

/**
 * A bare repository on disk, written object by object.
 *
 * Objects are written loose by this process: a hundred files cost a hundred
 * small writes instead of a hundred `git hash-object` processes.
 */
export class BareRepository {
  private readonly known = new Set<string>();

  private constructor(readonly dir: string) {}

  /** Makes an empty repository at `dir` whose HEAD points to `defaultBranch`. */
  static async create(
    dir: string,
    defaultBranch: string,
  ): Promise<BareRepository> {
    await mkdir(dir, { recursive: true });
    await git(dir, [
      'init',
      '--quiet',
      '--bare',
      '--template=',
      `--initial-branch=${defaultBranch}`,
    ]);
    return new BareRepository(dir);
  }

  /** Whether this process wrote the object already. */
  has(sha: string): boolean {
    return this.known.has(sha);
  }

  async writeBlob(content: Buffer): Promise<string> {
    return this.write('blob', content);
  }

  async writeTree(entries: TreeEntry[]): Promise<string> {
    return this.write('tree', treeContent(entries));
  }

  async writeCommit(commit: CommitContent): Promise<string> {
    return this.write('commit', commitContent(commit));
  }

  /** Makes the references exactly those given, full name to SHA. */
  async setRefs(refs: ReadonlyMap<string, string>): Promise<void> {
    const present = await this.refs();
    const lines = [
      ...[...refs].map(([name, sha]) => `update ${name} ${sha}\n`),
      ...[...present.keys()]
        .filter(name => !refs.has(name))
        .map(name => `delete ${name}\n`),
    ];
    await git(this.dir, ['update-ref', '--stdin'], { input: lines.join('') });
  }

  /** All references, full name to SHA. */
  async refs(): Promise<Map<string, string>> {
    const out = await git(this.dir, [
      'for-each-ref',
      '--format=%(refname) %(objectname)',
    ]);
    const lines = out.toString('utf8').split('\n').filter(Boolean);
    return new Map(
      lines.map(line => {
        const [name, sha] = line.split(' ');
        return [name, sha];
      }),
    );
  }

  private async write(type: GitObjectType, content: Buffer): Promise<string> {
    const object = Buffer.concat([
      Buffer.from(`${type} ${content.byteLength}\0`),
      content,
    ]);
    const sha = createHash('sha1').update(object).digest('hex');
    if (!this.known.has(sha)) {
      const path = join(this.dir, 'objects', sha.slice(0, 2), sha.slice(2));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, deflateSync(object));
      this.known.add(sha);
    }
    return sha;
  }
}

function treeContent(entries: TreeEntry[]): Buffer {
  // Git sorts a folder as though its name ended in a slash.
  const key = (entry: TreeEntry) =>
    Buffer.from(entry.mode === '40000' ? `${entry.name}/` : entry.name);
  const sorted = [...entries].sort((a, b) => Buffer.compare(key(a), key(b)));
  return Buffer.concat(
    sorted.flatMap(entry => [
      Buffer.from(`${entry.mode} ${entry.name}\0`),
      Buffer.from(entry.sha, 'hex'),
    ]),
  );
}

function commitContent(commit: CommitContent): Buffer {
  const message = commit.message.endsWith('\n')
    ? commit.message
    : `${commit.message}\n`;
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map(parent => `parent ${parent}`),
    `author ${identityLine(commit.author)}`,
    `committer ${identityLine(commit.committer)}`,
    '',
    message,
  ];
  return Buffer.from(lines.join('\n'));
}

function identityLine({ name, email, date }: Identity): string {
  return `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} +0000`;
}
