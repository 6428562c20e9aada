import type {
  Month,
  RunState,
  SourceProblem,
} from '@plumbline/backstage-plugin-plumbline-common';
import { dayToText, endDayOfMonth } from '../../database';

/** What is known of a source when its month is to be closed. @internal */
export interface SourceRecord {
  id: string;
  /** The billing months it has delivered. */
  months: ReadonlySet<Month>;
  /** The last day for which it holds complete data, over all of its months. */
  dataThrough?: number;
  /** Its last run that has ended. */
  lastRun?: {
    state: RunState;
    problems: readonly SourceProblem[];
    /** Of all problems, kept or not. */
    problemCount: number;
  };
}

/**
 * Why a source's part of a month is not complete, as a sentence that names it; undefined where it is, or where the
 * month is none of the source's.
 *
 * @internal
 */
export function obstacleOf(
  source: SourceRecord,
  month: Month,
): string | undefined {
  const { id, months, dataThrough, lastRun } = source;
  if (!lastRun) {
    return `Source '${id}' has not been read to its end yet.`;
  }
  const [first] = [...months].sort();
  if (first === undefined) {
    return `Source '${id}' has never delivered anything.`;
  }
  if (month < first) {
    return undefined;
  }
  const trouble = troubleOf(lastRun, month);
  if (trouble) {
    return `${trouble.replace('SOURCE', `source '${id}'`)}`;
  }
  if (!months.has(month)) {
    return `Source '${id}' has delivered nothing for this month.`;
  }
  if (dataThrough === undefined || dataThrough < endDayOfMonth(month) - 1) {
    return dataThrough === undefined
      ? `Source '${id}' has no day that is complete.`
      : `The data of source '${id}' ends on ${dayToText(dataThrough)}.`;
  }
  return undefined;
}

function troubleOf(
  run: NonNullable<SourceRecord['lastRun']>,
  month: Month,
): string | undefined {
  switch (run.state) {
    case 'succeeded':
      return undefined;
    case 'partial':
      return concerns(run, month)
        ? 'The last run of SOURCE could not take all of this month.'
        : undefined;
    case 'budget-exhausted':
      return 'The last run of SOURCE stopped early: its paid calls of the day were spent.';
    default:
      return 'The last run of SOURCE failed.';
  }
}

/** Whether an error of the run is of the month, or could be: not all are kept, and not all say of which month they are. */
function concerns(
  { problems, problemCount }: NonNullable<SourceRecord['lastRun']>,
  month: Month,
): boolean {
  return (
    problemCount > problems.length ||
    problems.some(
      ({ severity, partition }) =>
        severity === 'error' &&
        (partition === undefined || partition === month),
    )
  );
}
