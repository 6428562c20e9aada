import { DuckDBInstance } from '@duckdb/node-api';
import type {
  DuckDBConnection,
  DuckDBDataChunk,
  DuckDBValue,
} from '@duckdb/node-api';
import { promises as fs } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { literal } from './sql';

/** How the private folders' names begin. @internal */
export const WORKSPACE_PREFIX = 'plumbline-focus-';

/** What `maxBytes` is by default. @internal */
export const MAX_BYTES = 64_000_000_000;

/**
 * What reading may use of the machine.
 *
 * @internal
 */
export interface ReadLimits {
  /** DuckDB's memory, such as `512MB`; beyond it, it writes to `temporaryDirectory`. */
  memory: string;
  threads: number;
  /** Bytes that the files of one read may have, inflated, and again what DuckDB may write; 64 GB by default. */
  maxBytes?: number;
  /** Where the private folder is made; the system's default where absent. */
  temporaryDirectory?: string;
}

/** A value of a result by its column's name. @internal */
export type Row = Record<string, DuckDBValue>;

/**
 * A private folder and a DuckDB that sees nothing but that folder: no other file, no network, no extension,
 * no way to change that. Disposing it removes both.
 *
 * @internal
 */
export class Workspace {
  static async create(
    limits: ReadLimits,
    signal: AbortSignal,
  ): Promise<Workspace> {
    const parent = limits.temporaryDirectory ?? tmpdir();
    const directory = await fs.realpath(
      await fs.mkdtemp(path.join(parent, WORKSPACE_PREFIX)),
    );
    return new Workspace(directory, limits, signal);
  }

  private instance: DuckDBInstance | undefined;
  private connection: DuckDBConnection | undefined;
  private readonly interrupt = () => this.connection?.interrupt();

  private constructor(
    private readonly directory: string,
    private readonly limits: ReadLimits,
    private readonly signal: AbortSignal,
  ) {}

  get aborted(): boolean {
    return this.signal.aborted;
  }

  /** Removes files that are not needed any more. */
  async forget(paths: string[]): Promise<void> {
    await Promise.all(paths.map(file => fs.rm(file, { force: true })));
  }

  /**
   * Starts DuckDB, locked to the folder.
   *
   * @param files - paths in the folder; where one is a link, what it points to may be read too
   */
  async open(files: string[]): Promise<void> {
    const { limits } = this;
    const allowed = await Promise.all(files.map(file => fs.realpath(file)));
    this.instance = await DuckDBInstance.create(':memory:', {
      threads: String(limits.threads),
      memory_limit: limits.memory,
      temp_directory: this.path('spill'),
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    this.connection = await this.instance.connect();
    this.signal.addEventListener('abort', this.interrupt);
    // As an option of the instance, the limit on the temporary directory would not be kept.
    await this.run(`
      SET TimeZone = 'UTC';
      SET max_temp_directory_size = ${literal(await this.spillLimit())};
      SET allowed_paths = [${allowed.map(literal).join(', ')}];
      SET allowed_directories = [${literal(this.directory)}];
      SET enable_external_access = false;
      SET lock_configuration = true`);
  }

  /** Path of a file in the folder. */
  path(name: string): string {
    return path.join(this.directory, name);
  }

  /** Runs statements to their end. */
  async run(sql: string): Promise<void> {
    await this.abortable(connection => connection.run(sql));
  }

  /** All rows of a query that gives few. */
  async rows(sql: string): Promise<Row[]> {
    return this.abortable(async connection =>
      (await connection.runAndReadAll(sql)).getRowObjects(),
    );
  }

  /** The chunks of a query that gives little enough to be held in memory. */
  async chunks(sql: string): Promise<DuckDBDataChunk[]> {
    const result = await this.abortable(connection => connection.run(sql));
    return Array.from({ length: result.chunkCount }, (_, index) =>
      result.getChunk(index),
    );
  }

  async dispose(): Promise<void> {
    this.signal.removeEventListener('abort', this.interrupt);
    this.connection?.disconnectSync();
    this.instance?.closeSync();
    this.connection = undefined;
    this.instance = undefined;
    await fs.rm(this.directory, { recursive: true, force: true });
  }

  /** What `maxBytes` allows, and a disk that is not filled to its end. */
  private async spillLimit(): Promise<string> {
    const { bavail, bsize } = await fs.statfs(this.directory);
    const bytes = Math.min(
      this.limits.maxBytes ?? MAX_BYTES,
      bavail * bsize * 0.9,
    );
    return `${Math.max(1, Math.floor(bytes / 1_000))}KB`;
  }

  private async abortable<T>(
    task: (connection: DuckDBConnection) => Promise<T>,
  ): Promise<T> {
    this.signal.throwIfAborted();
    if (!this.connection) {
      throw new Error('The workspace was disposed of');
    }
    try {
      return await task(this.connection);
    } catch (error) {
      // DuckDB says "interrupted" where the caller's own reason is wanted.
      this.signal.throwIfAborted();
      throw error;
    }
  }
}
