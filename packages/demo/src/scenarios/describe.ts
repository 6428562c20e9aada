import { Scenario } from './types';
import { scenarios } from './scenarios';

function when({ period, calendar }: Scenario): string {
  if (!period) {
    return calendar ?? 'Always';
  }
  const { fromDay, toDay } = period;
  if (toDay === undefined) {
    return `From day ${fromDay} on`;
  }
  return fromDay === toDay ? `Day ${fromDay}` : `Days ${fromDay} to ${toDay}`;
}

const list = (names: readonly string[]) =>
  names.map(name => `\`${name}\``).join(', ');

function section(scenario: Scenario): string {
  const { id, title, kind, entityRef, resources } = scenario;
  const facts = [
    ['Kind', kind],
    ['When', when(scenario)],
    ['Entity', entityRef ? `\`${entityRef}\`` : undefined],
    ['Resources', resources.length > 0 ? list(resources) : undefined],
    ['Size', scenario.size],
    ['Cause', scenario.cause],
    ['Evidence', scenario.evidence],
    ['Should be reported', scenario.expected === 'finding' ? 'yes' : 'no'],
  ].flatMap(([name, value]) => (value ? [`- ${name}: ${value}`] : []));
  return [`## ${title} (\`${id}\`)`, '', ...facts].join('\n');
}

/** The text of `SCENARIOS.md`. */
export function describeScenarios(): string {
  return [
    '# What happens to Larkspur Outfitters',
    '',
    'The ground truth of the demo company’s bill and infrastructure. Days count back from',
    'the end date of the billing export, which is day 0; by default that is yesterday.',
    'The resources are those in production unless a name says otherwise.',
    '',
    'This file is written from `src/scenarios/scenarios.ts` by `demo scenarios`.',
    '',
    scenarios.map(section).join('\n\n'),
    '',
  ].join('\n');
}
