import { InputError } from '@backstage/errors';
import type { SourceProblem } from '@plumbline/backstage-plugin-plumbline-common';
import { FocusReadError } from '../FocusReadError';
import { SourceAccessError } from '../SourceAccessError';
import type { ExportFile } from '../storage/ExportStorage';
import { isVisible } from './isVisible';
import { filesOfManifest, timeOfManifest } from './manifest';
import { monthOfFolder } from './month';
import { twoExports } from './twoExports';

/**
 * Files that are read together.
 *
 * @internal
 */
export interface ReadUnit {
  /** Billing month that the folder tells; absent where only the rows know it. */
  month?: string;
  files: ExportFile[];
  /** When the manifest of its run was written; absent where it has none. */
  manifestAt?: Date;
  /** What is wrong with the set of files; errors make it unreadable. */
  problems: SourceProblem[];
}

const DATA = /\.(parquet|csv|csv\.gz)$/i;
const MANIFEST = /manifest\.json$/i;
/** `2026-09-05T…` or `20260905T…`: names of runs that sort by time. */
const DATED = /^\d{4}-?\d{2}-?\d{2}/;

const DAY_MS = 86_400_000;

/** One run of an export for one month: AWS's execution, Azure's run, or all files where each overwrites the last. */
interface Run {
  name: string;
  files: ExportFile[];
  manifest?: ExportFile;
}

interface Place {
  month?: string;
  /** Path before the month's folder: tells two exports in one root apart. */
  stem: string;
  /** Folders between the month's and the file. */
  run: string;
}

/**
 * Sorts an export's files into what is read together: a unit for each month where every file lies in a
 * month's folder, else one unit of all files. Of several runs for a month only the newest complete one counts.
 * Two exports in one root are an error: nothing tells whether they bill the same.
 *
 * @internal
 */
export async function planUnits(
  files: ExportFile[],
  readText: (file: ExportFile) => Promise<string>,
  now = new Date(),
): Promise<ReadUnit[]> {
  const runs = groupRuns(files);
  const units = new Map<string, ReadUnit>();
  const foldered = [...runs.values()].every(group => group.month);
  const stems = new Map<string, string>();
  for (const { month, stem, candidates } of runs.values()) {
    const key = foldered && month ? month : '';
    const unit = units.get(key) ?? {
      month: foldered ? month : undefined,
      files: [],
      problems: [],
    };
    units.set(key, unit);
    if (month) {
      const other = stems.get(month);
      if (other !== undefined) {
        unit.problems.push(twoExports(month, other, stem));
      }
      stems.set(month, stem);
      await takeRun(unit, month, newest(candidates), { readText, now });
    } else {
      unit.files.push(...candidates.flatMap(run => run.files));
    }
  }
  return [...units.values()].sort((a, b) =>
    (a.month ?? '') < (b.month ?? '') ? -1 : 1,
  );
}

function groupRuns(files: ExportFile[]) {
  const groups = new Map<
    string,
    { month?: string; stem: string; candidates: Run[] }
  >();
  const runs = new Map<string, Run>();
  const data = files.filter(
    file => DATA.test(file.name) && isVisible(file.name),
  );
  for (const file of data) {
    const { month, stem, run } = placeOf(file);
    const group = `${stem}\n${month ?? ''}`;
    const entry = groups.get(group) ?? { month, stem, candidates: [] };
    groups.set(group, entry);
    const runKey = `${group}\n${run}`;
    let found = runs.get(runKey);
    if (!found) {
      found = { name: run, files: [] };
      runs.set(runKey, found);
      entry.candidates.push(found);
    }
    found.files.push(file);
  }
  for (const file of files.filter(({ name }) => MANIFEST.test(name))) {
    const { month, stem, run } = placeOf(file);
    const key = `${stem}\n${month ?? ''}\n${run}`;
    const found = runs.get(key);
    if (month && found && newer(file, found.manifest)) {
      found.manifest = file;
    }
  }
  return groups;
}

function placeOf(file: ExportFile): Place {
  const folders = file.name.split('/').slice(0, -1);
  const at = folders.findIndex(folder => monthOfFolder(folder));
  if (at < 0) {
    return { stem: '', run: '' };
  }
  // AWS keeps manifests in `metadata/`, beside `data/`.
  const stem = folders
    .slice(0, at)
    .map((folder, i) =>
      i === at - 1 && folder === 'metadata' ? 'data' : folder,
    )
    .join('/');
  return {
    month: monthOfFolder(folders[at]),
    stem,
    run: folders.slice(at + 1).join('/'),
  };
}

function earlier(one: Date, other: Date | undefined): Date {
  return other && other < one ? other : one;
}

function newer(file: ExportFile, than: ExportFile | undefined): boolean {
  return !than || file.modified > than.modified;
}

function newest(candidates: Run[]): Run {
  // The manifest is written last: a run without one, where others have theirs, is still being written.
  const complete = candidates.filter(run => run.manifest);
  const ranked = complete.length > 0 ? complete : candidates;
  return ranked.reduce((best, run) => (isNewer(run, best) ? run : best));
}

function isNewer(run: Run, than: Run): boolean {
  if (DATED.test(run.name) && DATED.test(than.name)) {
    return run.name > than.name;
  }
  return lastWrite(run) > lastWrite(than);
}

function lastWrite(run: Run): number {
  const written = run.manifest ? [...run.files, run.manifest] : run.files;
  return Math.max(...written.map(file => file.modified.getTime()));
}

async function takeRun(
  unit: ReadUnit,
  month: string,
  run: Run,
  {
    readText,
    now,
  }: { readText: (file: ExportFile) => Promise<string>; now: Date },
): Promise<void> {
  if (!run.manifest) {
    unit.files.push(...run.files);
    return;
  }
  unit.manifestAt = run.manifest.modified;
  let listed: string[];
  try {
    const text = await readText(run.manifest);
    listed = filesOfManifest(text);
    unit.manifestAt = earlier(unit.manifestAt, timeOfManifest(text));
  } catch (error) {
    unit.files.push(...run.files);
    if (error instanceof SourceAccessError || error instanceof FocusReadError) {
      unit.problems.push(
        ...error.problems.map(problem => ({ ...problem, partition: month })),
      );
      return;
    }
    if (!(error instanceof InputError)) {
      throw error;
    }
    unit.problems.push({
      severity: 'warning',
      partition: month,
      file: run.manifest.name,
      message: `'${run.manifest.name}' could not be read, so all files beside it were taken: ${error.message}`,
    });
    return;
  }
  const baseName = (file: ExportFile) => file.name.split('/').pop() ?? '';
  const present = new Set(run.files.map(baseName));
  for (const name of listed.filter(item => !present.has(item))) {
    unit.problems.push({
      severity: 'error',
      partition: month,
      file: name,
      message: `'${run.manifest.name}' lists '${name}', which is not there; the export may still be on its way`,
    });
  }
  const taken =
    listed.length > 0
      ? run.files.filter(file => listed.includes(baseName(file)))
      : run.files;
  unit.files.push(...taken);
  unit.problems.push(...overtaken(run, run.manifest, taken, month, now));
}

/**
 * Where each delivery overwrites the last, files newer than their manifest are the first of one on its way.
 * Copies may lose that order, so after a day without change the files are taken all the same.
 */
function overtaken(
  run: Run,
  manifest: ExportFile,
  files: ExportFile[],
  month: string,
  now: Date,
): SourceProblem[] {
  const file = files.find(item => newer(item, manifest));
  if (run.name !== '' || !file) {
    return [];
  }
  const settled = now.getTime() - lastWrite(run) > DAY_MS;
  return [
    {
      severity: settled ? 'warning' : 'error',
      partition: month,
      file: file.name,
      message: `'${file.name}' is newer than its manifest '${manifest.name}'; ${
        settled
          ? 'nothing changed for a day, so it was taken. Deliver the month again if it is incomplete.'
          : 'the export is still on its way'
      }`,
    },
  ];
}
