import { isError } from '@backstage/errors';
import type { SourceProblem } from '@plumbline/backstage-plugin-plumbline-common';
import type { CostExplorerApi, Days } from '../api/CostExplorerApi';
import { dateOfDay } from '../../calendar';
import type { DetailKey } from '../config';
import { AwsAccessError, AwsReadError } from '../../aws';
import { clean } from './resources';

const SHOWN = 10;

/**
 * Says why no charge has a value of the tag or cost category, where none has: asks Cost Explorer, by one call, which ones
 * it knows.
 *
 * @throws only what must end the run
 * @internal
 */
export async function checkDetailKey(
  api: CostExplorerApi,
  days: Days,
  by: DetailKey,
): Promise<SourceProblem[]> {
  const remark = (message: string, missingRight?: string): SourceProblem[] => [
    { severity: 'warning', message, missingRight },
  ];
  const isTag = by.type === 'tag';
  const name = isTag ? `tag '${by.key}'` : `cost category '${by.key}'`;
  const none = `No usage since ${dateOfDay(days.first)} has the ${name}`;
  try {
    const known = isTag
      ? await api.tagKeys(days)
      : await api.costCategories(days);
    if (known.includes(by.key)) {
      return remark(
        `${none}, though Cost Explorer knows it: ${
          isTag
            ? 'no resource with costs carries it'
            : 'none of its rules matches'
        }`,
      );
    }
    return remark(
      `${none}: Cost Explorer does not know it. ${
        isTag
          ? 'Activate it as a cost-allocation tag in the management account; it counts from then on'
          : "Check 'detailBy.costCategory'; a new cost category takes a day"
      }. It knows ${listed(known)}`,
    );
  } catch (error) {
    if (error instanceof AwsAccessError) {
      return remark(
        `${none}, and whether Cost Explorer knows it could not be asked: ${error.message}`,
        error.problems[0].missingRight,
      );
    }
    if (
      error instanceof AwsReadError ||
      (isError(error) && error.name === 'BudgetExhaustedError')
    ) {
      return remark(none);
    }
    throw error;
  }
}

function listed(names: string[]): string {
  if (names.length === 0) {
    return 'none';
  }
  const shown = names.slice(0, SHOWN).map(name => `'${clean(name)}'`);
  const more = names.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
