import { FocusReadError } from '../FocusReadError';
import type { ReadUnit } from '../layout/planUnits';
import { SourceAccessError } from '../SourceAccessError';
import type { ExportFile, ExportStorage } from '../storage/ExportStorage';
import { aggregate } from './aggregate';
import { diagnose } from './diagnose';
import { countLines } from './countLines';
import {
  createLines,
  formatOf,
  type LineShape,
  type StagedFile,
} from './lines';
import { refuseBadCurrency } from './refuseBadCurrency';
import { refuseTooLarge, refuseTooLargeInflated } from './refuseTooLarge';
import { MAX_BYTES, Workspace, type ReadLimits } from './Workspace';

/** A unit whose lines were added up. @internal */
export interface LinesRead {
  /** To be disposed of; the files are no longer in it. */
  workspace: Workspace;
  /** The files by their columns. */
  shapes: LineShape[];
  /** Lines of each file, by its name. */
  counts: ReadonlyMap<string, number>;
}

/**
 * Reads a unit's files into the tables of {@link aggregate}.
 *
 * @throws FocusReadError saying which file, row and column is at fault
 * @throws SourceAccessError when the files may not be read
 * @internal
 */
export async function readUnit(
  storage: ExportStorage,
  unit: ReadUnit,
  limits: ReadLimits,
  signal: AbortSignal,
): Promise<LinesRead> {
  const errors = unit.problems.filter(({ severity }) => severity === 'error');
  const empty = unit.files.filter(file => file.size === 0);
  if (errors.length + empty.length > 0) {
    throw new FocusReadError([...errors, ...empty.map(emptyFile)]);
  }
  const maxBytes = limits.maxBytes ?? MAX_BYTES;
  refuseTooLarge(unit.files, maxBytes);
  const workspace = await Workspace.create(limits, signal);
  try {
    const files: StagedFile[] = [];
    for (const [i, file] of unit.files.entries()) {
      const format = formatOf(file.name);
      const ending = /\.gz$/i.test(file.name) ? `${format}.gz` : format;
      const path = workspace.path(`file-${i}.${ending}`);
      await storage.stage(file, path, signal);
      files.push({ file, path, format });
    }
    await refuseTooLargeInflated(files, maxBytes, signal);
    return await read(workspace, storage, unit, files);
  } catch (error) {
    await workspace.dispose();
    throw error;
  }
}

async function read(
  workspace: Workspace,
  storage: ExportStorage,
  unit: ReadUnit,
  files: StagedFile[],
): Promise<LinesRead> {
  let shapes: LineShape[];
  let lines: Map<string, number>;
  try {
    await workspace.open(files.map(staged => staged.path));
    shapes = await createLines(workspace, files);
    lines = await countLines(workspace, shapes);
    await aggregate(workspace, unit.month);
    await refuseBadCurrency(workspace);
  } catch (error) {
    // A file that changed under our hands explains everything else.
    await verifyAll(storage, unit.files);
    if (
      workspace.aborted ||
      error instanceof FocusReadError ||
      error instanceof SourceAccessError
    ) {
      throw error;
    }
    throw new FocusReadError(await diagnose(workspace, files, error), error);
  }
  await verifyAll(storage, unit.files);
  await workspace.forget(files.map(file => file.path));
  const counts = new Map(
    files.map(({ file, path }) => [file.name, lines.get(path) ?? 0]),
  );
  return { workspace, shapes, counts };
}

async function verifyAll(
  storage: ExportStorage,
  files: ExportFile[],
): Promise<void> {
  for (const file of files) {
    await storage.verify(file);
  }
}

function emptyFile(file: ExportFile) {
  return {
    severity: 'error' as const,
    file: file.name,
    message: `'${file.name}' is empty; the export may still be on its way`,
  };
}
