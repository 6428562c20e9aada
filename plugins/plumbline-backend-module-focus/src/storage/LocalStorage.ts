import { NotFoundError, isError } from '@backstage/errors';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { FocusReadError } from '../FocusReadError';
import { SourceAccessError } from '../SourceAccessError';
import type { ExportFile, ExportStorage } from './ExportStorage';
import { describe, listFiles } from './listFiles';

/**
 * An export in a directory of this machine, or one single file of it.
 *
 * @internal
 */
export class LocalStorage implements ExportStorage {
  static create(options: { path: string }): LocalStorage {
    return new LocalStorage(path.resolve(options.path));
  }

  private constructor(readonly location: string) {}

  async list(signal: AbortSignal): Promise<ExportFile[]> {
    try {
      const root = await fs.realpath(this.location);
      const stat = await fs.stat(root);
      if (!stat.isDirectory()) {
        return [describe(path.basename(this.location), stat)];
      }
      return await listFiles(root, signal);
    } catch (error) {
      throw this.explain(error);
    }
  }

  async readText(file: ExportFile): Promise<string> {
    await this.verify(file);
    await this.ensureReadable(file);
    return fs.readFile(this.pathOf(file), 'utf8');
  }

  async stage(file: ExportFile, target: string): Promise<void> {
    await this.verify(file);
    await this.ensureReadable(file);
    // DuckDB sees a name of ours: what files are called never gets into SQL or into a glob.
    await fs.symlink(await fs.realpath(this.pathOf(file)), target);
  }

  async verify(file: ExportFile): Promise<void> {
    let now: ExportFile;
    try {
      now = describe(file.name, await fs.stat(this.pathOf(file)));
    } catch (error) {
      throw new FocusReadError(
        [
          {
            severity: 'error',
            file: file.name,
            message: `'${file.name}' vanished while it was read; it is read again on the next run`,
          },
        ],
        error,
      );
    }
    if (now.size !== file.size || now.version !== file.version) {
      throw new FocusReadError([
        {
          severity: 'error',
          file: file.name,
          message: `'${file.name}' changed while it was read; it is read again on the next run`,
        },
      ]);
    }
  }

  private async ensureReadable(file: ExportFile): Promise<void> {
    try {
      await fs.access(this.pathOf(file), fs.constants.R_OK);
    } catch (error) {
      throw new SourceAccessError(
        `May not read '${file.name}' in ${this.location}. Let the back end's user read it.`,
        { missingRight: 'read', file: file.name, cause: error },
      );
    }
  }

  private pathOf(file: ExportFile): string {
    return path.basename(this.location) === file.name
      ? this.location
      : path.join(this.location, ...file.name.split('/'));
  }

  private explain(error: unknown): unknown {
    const code = isError(error) ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return new NotFoundError(
        `There is no ${this.location}. Check 'path' of the export.`,
        error,
      );
    }
    if (code === 'EACCES' || code === 'EPERM') {
      return new SourceAccessError(
        `May not read ${this.location}. Let the back end's user read it.`,
        { missingRight: 'read', cause: error },
      );
    }
    return error;
  }
}
