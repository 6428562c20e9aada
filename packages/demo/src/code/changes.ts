import { scenarios } from '../scenarios';
import { formatHcl, s3EndpointAssociation } from './terraform';

/** A change to one file that a scenario tells of. */
export interface ScenarioChange {
  scenarioId: string;
  repository: string;
  path: string;
  message: string;
  /** Login of the person who made it. */
  author: string;
  before: string;
  after: string;
  /** Whether the rendered code already shows the change. */
  rendered: 'before' | 'after';
}

/** Every change to code among the scenarios. */
export const scenarioChanges: readonly ScenarioChange[] = [
  {
    scenarioId: 'debug-logging',
    repository: 'shop',
    path: 'services/product-search/infra/main.tf',
    message: 'Log more while we hunt the ranking bug',
    author: 'li.wen',
    before: 'LOG_LEVEL = "info"',
    after: 'LOG_LEVEL = "debug"',
    rendered: 'after',
  },
  {
    scenarioId: 'memory-bump',
    repository: 'payments-api',
    path: 'template.yaml',
    message: 'Give the function more memory, the latency alarm keeps ringing',
    author: 'ravi.menon',
    before: 'MemorySize: 512',
    after: 'MemorySize: 1024',
    rendered: 'after',
  },
  {
    scenarioId: 'nat-egress',
    repository: 'infrastructure',
    path: 'stacks/network/main.tf',
    message: 'Tidy up route tables',
    author: 'karl.brandt',
    before: `${formatHcl(s3EndpointAssociation)}\n`,
    after: '',
    rendered: 'before',
  },
];

/**
 * The UTC instant of a scenario's change.
 *
 * @param endDate - day 0, as YYYY-MM-DD
 */
export function instantOf(change: ScenarioChange, endDate: string): string {
  const scenario = scenarios.find(({ id }) => id === change.scenarioId);
  if (!scenario?.period) {
    throw new Error(
      `There is no scenario '${change.scenarioId}' with a period`,
    );
  }
  const day = new Date(`${endDate}T08:30:00Z`);
  day.setUTCDate(day.getUTCDate() + scenario.period.fromDay);
  return day.toISOString().replace('.000Z', 'Z');
}
