import { createHash } from 'node:crypto';
import { instantFromDatabase, type PlumblineDatabase } from '../../database';
import { plainText } from '../plainText';
import type {
  PathAssignments,
  RepositoryFigures,
  ShareAssignments,
} from './parsePlumblineYaml';

/** What is known of one repository's `.plumbline.yaml`. */
export interface RepositoryFile {
  etag?: string;
  /** As last read with success; absent where the repository has no file. */
  assignments?: PathAssignments;
  /** Budgets and metrics, likewise. */
  figures?: RepositoryFigures;
  /** How it shares cost out, where it does. */
  shares?: ShareAssignments;
  /** Why the last reading failed. */
  problem?: string;
  readAt: Date;
}

/**
 * What the claimed repositories last said, by the hash of their key.
 *
 * @internal
 */
export class RepositoryFileStore {
  readonly #database: PlumblineDatabase;

  static create(options: { database: PlumblineDatabase }): RepositoryFileStore {
    return new RepositoryFileStore(options.database);
  }

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  /** Everything that is known, by {@link hashOf}. */
  async list(): Promise<Map<string, RepositoryFile>> {
    const rows: {
      repository_key: string;
      etag: string | null;
      assignments: string | null;
      figures: string | null;
      shares: string | null;
      problem: string | null;
      read_at: unknown;
    }[] = await this.#database.knex('repository_file');
    return new Map(
      rows.map(row => [
        row.repository_key,
        {
          etag: row.etag ?? undefined,
          assignments:
            row.assignments === null ? undefined : JSON.parse(row.assignments),
          figures: row.figures === null ? undefined : JSON.parse(row.figures),
          shares: row.shares === null ? undefined : JSON.parse(row.shares),
          problem: row.problem ?? undefined,
          readAt: instantFromDatabase(row.read_at) ?? new Date(0),
        },
      ]),
    );
  }

  /** @param repository - its key, to tell people which one it is */
  async put(repository: string, file: RepositoryFile): Promise<void> {
    await this.#database
      .knex('repository_file')
      .insert({
        repository_key: hashOf(repository),
        repository: plainText(repository, 512),
        etag: file.etag ?? null,
        assignments: file.assignments ? JSON.stringify(file.assignments) : null,
        figures: file.figures ? JSON.stringify(file.figures) : null,
        shares: file.shares ? JSON.stringify(file.shares) : null,
        problem: file.problem ?? null,
        read_at: file.readAt,
      })
      .onConflict('repository_key')
      .merge();
  }

  /** Forgets repositories that nobody claims any more. */
  async forget(keys: readonly string[]): Promise<void> {
    for (let start = 0; start < keys.length; start += 500) {
      await this.#database
        .knex('repository_file')
        .whereIn('repository_key', keys.slice(start, start + 500))
        .delete();
    }
  }
}

/** The column-sized name of a repository's key. */
export function hashOf(repositoryKey: string): string {
  return createHash('sha256').update(repositoryKey).digest('hex');
}
