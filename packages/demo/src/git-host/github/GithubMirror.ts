import { join } from 'node:path';
import { BareRepository, Identity } from '../git/BareRepository';
import { Upstream } from './Upstream';

interface RefJson {
  ref: string;
  object: { sha: string; type: string };
}

interface CommitJson {
  tree: { sha: string };
  parents: { sha: string }[];
  author: Identity;
  committer: Identity;
  message: string;
}

interface TreeJson {
  tree: { path: string; mode: string; type: string; sha: string }[];
}

/**
 * Bare repositories that follow the emulator's, made when first asked for.
 *
 * The emulator keeps objects with their real SHAs but speaks no Git protocol;
 * real git reads these copies instead.
 */
export class GithubMirror {
  private readonly repositories = new Map<string, BareRepository>();
  private readonly queue = new Map<string, Promise<BareRepository>>();

  constructor(
    /** Folder that holds the bare repositories as `owner/name.git`. */
    readonly root: string,
    private readonly upstream: Upstream,
  ) {}

  /** Brings the copy up to date and gives it. */
  async sync(owner: string, name: string): Promise<BareRepository> {
    const key = `${owner}/${name}`;
    // One at a time, each after the one before whether that failed or not.
    const before = this.queue.get(key)?.catch(() => undefined);
    const current = Promise.resolve(before).then(() => this.refresh(key));
    this.queue.set(key, current);
    return current;
  }

  private async refresh(key: string): Promise<BareRepository> {
    const repository =
      this.repositories.get(key) ?? (await this.createRepository(key));
    const heads = await this.upstream.ask<RefJson[]>(
      'GET',
      `/repos/${key}/git/matching-refs/heads/`,
    );
    const tags = await this.upstream.ask<RefJson[]>(
      'GET',
      `/repos/${key}/git/matching-refs/tags/`,
    );
    const refs = new Map(
      [...heads, ...tags]
        .filter(({ object }) => object.type === 'commit')
        .map(({ ref, object }) => [ref, object.sha]),
    );
    for (const sha of refs.values()) {
      await this.fetchCommits(repository, key, sha);
    }
    await repository.setRefs(refs);
    return repository;
  }

  private async createRepository(key: string): Promise<BareRepository> {
    const { default_branch: branch } = await this.upstream.ask<{
      default_branch: string;
    }>('GET', `/repos/${key}`);
    const repository = await BareRepository.create(
      join(this.root, `${key}.git`),
      branch,
    );
    this.repositories.set(key, repository);
    return repository;
  }

  private async fetchCommits(
    repository: BareRepository,
    key: string,
    head: string,
  ): Promise<void> {
    const path: { sha: string; commit: CommitJson }[] = [];
    const pending = [head];
    const seen = new Set<string>();
    for (let sha = pending.pop(); sha; sha = pending.pop()) {
      if (!repository.has(sha) && !seen.has(sha)) {
        seen.add(sha);
        const commit = await this.upstream.ask<CommitJson>(
          'GET',
          `/repos/${key}/git/commits/${sha}`,
        );
        path.push({ sha, commit });
        pending.push(...commit.parents.map(parent => parent.sha));
      }
    }
    // Oldest first, so that a known commit always has all its ancestors.
    for (const { sha, commit } of path.reverse()) {
      await this.fetchTree(repository, key, commit.tree.sha);
      const written = await repository.writeCommit({
        ...commit,
        tree: commit.tree.sha,
        parents: commit.parents.map(parent => parent.sha),
      });
      assertSame('commit', key, sha, written);
    }
  }

  private async fetchTree(
    repository: BareRepository,
    key: string,
    sha: string,
  ): Promise<void> {
    if (repository.has(sha)) {
      return;
    }
    const { tree } = await this.upstream.ask<TreeJson>(
      'GET',
      `/repos/${key}/git/trees/${sha}`,
    );
    await Promise.all(
      tree.map(entry =>
        entry.type === 'tree'
          ? this.fetchTree(repository, key, entry.sha)
          : this.fetchBlob(repository, key, entry.sha),
      ),
    );
    const entries = tree.map(entry => ({
      name: entry.path,
      mode: entry.mode.replace(/^0+/, ''),
      sha: entry.sha,
    }));
    assertSame('tree', key, sha, await repository.writeTree(entries));
  }

  private async fetchBlob(
    repository: BareRepository,
    key: string,
    sha: string,
  ): Promise<void> {
    if (repository.has(sha)) {
      return;
    }
    const { content } = await this.upstream.ask<{ content: string }>(
      'GET',
      `/repos/${key}/git/blobs/${sha}`,
    );
    const written = await repository.writeBlob(Buffer.from(content, 'base64'));
    assertSame('blob', key, sha, written);
  }
}

function assertSame(
  type: string,
  key: string,
  expected: string,
  written: string,
): void {
  if (expected !== written) {
    throw new Error(
      `The ${type} ${expected} of ${key} became ${written} in the copy for git`,
    );
  }
}
