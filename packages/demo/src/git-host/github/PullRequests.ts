import { gitOutcome } from '../git/git';
import { GithubMirror } from './GithubMirror';
import { Upstream } from './Upstream';

/** What this host reads of the emulator's pull requests; the rest passes through. */
export interface PullJson {
  number: number;
  state: 'open' | 'closed';
  merged?: boolean;
  title: string;
  merge_commit_sha?: string | null;
  head: { ref: string; sha: string };
  base: { ref: string; sha: string };
}

/** One file of a comparison. */
export interface ComparedFile {
  additions: number;
  deletions: number;
}

/** What this host reads of a comparison. */
export interface ComparisonJson {
  total_commits: number;
  commits: unknown[];
  files: ComparedFile[];
}

interface Ends {
  base: string;
  head: string;
  mergeCommit?: string;
}

/** Keeps pull requests in step with their branches, which the emulator does not. */
export class PullRequests {
  // Where pull requests stood when they were last seen open.
  private readonly ends = new Map<string, Ends>();

  constructor(
    private readonly upstream: Upstream,
    private readonly mirror: GithubMirror,
  ) {}

  /** The commits that a pull request goes from and to, now or when it ended. */
  async endsOf(repository: string, pull: PullJson): Promise<Ends> {
    const key = `${repository}#${pull.number}`;
    const last = this.ends.get(key) ?? {
      base: pull.base.sha,
      head: pull.head.sha,
    };
    if (pull.state === 'closed') {
      return last;
    }
    const ends = {
      base: (await this.branch(repository, pull.base.ref)) ?? last.base,
      head: (await this.branch(repository, pull.head.ref)) ?? last.head,
    };
    this.ends.set(key, ends);
    return ends;
  }

  /** A pull request with its present commits, as lists show it. */
  async present<T extends PullJson>(repository: string, pull: T): Promise<T> {
    const ends = await this.endsOf(repository, pull);
    return {
      ...pull,
      head: { ...pull.head, sha: ends.head },
      ...(ends.mergeCommit && { merge_commit_sha: ends.mergeCommit }),
    };
  }

  /** A pull request with its figures, as it shows by itself. */
  async presentFull<T extends PullJson>(
    owner: string,
    name: string,
    pull: T,
  ): Promise<T> {
    const repository = `${owner}/${name}`;
    const shown = await this.present(repository, pull);
    const comparison = await this.compare(repository, pull);
    const sum = (pick: (file: ComparedFile) => number) =>
      comparison.files.reduce((total, file) => total + pick(file), 0);
    return {
      ...shown,
      commits: comparison.total_commits,
      changed_files: comparison.files.length,
      additions: sum(file => file.additions),
      deletions: sum(file => file.deletions),
      ...(pull.state === 'open' &&
        ((await this.mergedTree(owner, name, pull))
          ? { mergeable: true, mergeable_state: 'clean' }
          : { mergeable: false, mergeable_state: 'dirty' })),
    };
  }

  /** What a pull request changes. */
  async compare(repository: string, pull: PullJson): Promise<ComparisonJson> {
    const { base, head } = await this.endsOf(repository, pull);
    return this.upstream.ask<ComparisonJson>(
      'GET',
      `/repos/${repository}/compare/${base}...${head}`,
    );
  }

  /** The open pull requests from or to a branch. */
  async openOf(
    repository: string,
    side: 'head' | 'base',
    branch: string,
  ): Promise<PullJson[]> {
    const open: PullJson[] = [];
    for (let page = 1; ; page += 1) {
      const some = await this.upstream.ask<PullJson[]>(
        'GET',
        `/repos/${repository}/pulls?state=open&per_page=100&page=${page}`,
      );
      open.push(...some);
      if (some.length < 100) {
        return open.filter(pull => pull[side].ref === branch);
      }
    }
  }

  /** The SHA that a branch points to, or undefined when there is none. */
  async branch(
    repository: string,
    branch: string,
  ): Promise<string | undefined> {
    const refs = await this.upstream.ask<
      { ref: string; object: { sha: string } }[]
    >('GET', `/repos/${repository}/git/matching-refs/heads/${branch}`);
    return refs.find(({ ref }) => ref === `refs/heads/${branch}`)?.object.sha;
  }

  /** Remembers where a pull request stood before its head branch goes. */
  async remember(repository: string, pull: PullJson): Promise<void> {
    await this.endsOf(repository, pull);
  }

  /** Closes a pull request without merging it. */
  async close(repository: string, pull: PullJson): Promise<void> {
    await this.upstream.ask(
      'PATCH',
      `/repos/${repository}/pulls/${pull.number}`,
      { state: 'closed' },
    );
  }

  /** The tree that merging gives, or undefined when the two sides conflict. */
  async mergedTree(
    owner: string,
    name: string,
    pull: PullJson,
  ): Promise<string | undefined> {
    const { base, head } = await this.endsOf(`${owner}/${name}`, pull);
    const { dir } = await this.mirror.sync(owner, name);
    const outcome = await gitOutcome(dir, [
      'merge-tree',
      '--write-tree',
      base,
      head,
    ]);
    if (outcome.code > 1) {
      throw new Error(
        `Could not merge ${head} into ${base} of ${owner}/${name}: ${outcome.stderr}`,
      );
    }
    return outcome.code === 0
      ? outcome.stdout.toString('utf8').trim()
      : undefined;
  }

  /**
   * Puts the merge of both sides on the base branch.
   *
   * @returns the SHA of the new commit.
   */
  async land(
    owner: string,
    name: string,
    pull: PullJson,
    commit: {
      tree: string;
      ends: Ends;
      message: string;
      author: { name: string; email: string };
      method: 'merge' | 'squash';
    },
  ): Promise<string> {
    const repository = `${owner}/${name}`;
    const { base, head } = commit.ends;
    const tree = await this.uploadTree(owner, name, base, commit.tree);
    const { sha } = await this.upstream.ask<{ sha: string }>(
      'POST',
      `/repos/${repository}/git/commits`,
      {
        message: commit.message,
        tree,
        parents: commit.method === 'merge' ? [base, head] : [base],
        author: commit.author,
      },
    );
    await this.upstream.ask(
      'PATCH',
      `/repos/${repository}/git/refs/heads/${pull.base.ref}`,
      { sha, force: true },
    );
    this.ends.set(`${repository}#${pull.number}`, {
      ...commit.ends,
      mergeCommit: sha,
    });
    return sha;
  }

  // The merged tree was made by git; the emulator learns what it changes.
  private async uploadTree(
    owner: string,
    name: string,
    base: string,
    tree: string,
  ): Promise<string> {
    const { dir } = await this.mirror.sync(owner, name);
    const diff = await gitOutcome(dir, [
      'diff-tree',
      '-r',
      '-z',
      '--no-renames',
      base,
      tree,
    ]);
    const fields = diff.stdout.toString('utf8').split('\0').filter(Boolean);
    const entries = [];
    for (let i = 0; i + 1 < fields.length; i += 2) {
      const [, mode, , sha, status] = fields[i].split(' ');
      const path = fields[i + 1];
      if (status === 'D') {
        entries.push({ path, mode: '100644', type: 'blob', sha: null });
      } else {
        const blob = await gitOutcome(dir, ['cat-file', 'blob', sha]);
        const uploaded = await this.upstream.ask<{ sha: string }>(
          'POST',
          `/repos/${owner}/${name}/git/blobs`,
          { content: blob.stdout.toString('base64'), encoding: 'base64' },
        );
        entries.push({ path, mode, type: 'blob', sha: uploaded.sha });
      }
    }
    const commit = await this.upstream.ask<{ tree: { sha: string } }>(
      'GET',
      `/repos/${owner}/${name}/git/commits/${base}`,
    );
    if (entries.length === 0) {
      return commit.tree.sha;
    }
    const created = await this.upstream.ask<{ sha: string }>(
      'POST',
      `/repos/${owner}/${name}/git/trees`,
      { base_tree: commit.tree.sha, tree: entries },
    );
    return created.sha;
  }
}
