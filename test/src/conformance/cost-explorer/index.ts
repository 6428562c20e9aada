import { promises as fs } from 'node:fs';
import path from 'node:path';
import {
  deviationsFromModel,
  isCostExplorerOperation,
} from '@plumbline/backstage-plugin-plumbline-backend-module-aws/testUtils';
import type { Tally } from '../Tally';

/**
 * Holds answers of Cost Explorer that others recorded, `awscli.ce.<operation>.<n>.json`, against the model that the
 * tests' own endpoint is held against: what it would refuse, the real one has said.
 */
export async function run(directory: string, tally: Tally): Promise<void> {
  const files = (await fs.readdir(directory)).filter(name =>
    /^awscli\.ce\..*\.json$/.test(name),
  );
  tally.check(files.length > 0, `${directory} has no awscli.ce.*.json`);
  for (const name of files) {
    const operation = operationOf(name);
    if (!isCostExplorerOperation(operation)) {
      tally.check(false, `${name}: ${operation} is not asked by this module`);
      continue;
    }
    const answer = JSON.parse(
      await fs.readFile(path.join(directory, name), 'utf8'),
    );
    const deviations = deviationsFromModel(operation, 'answer', answer);
    tally.check(deviations.length === 0, `${name}: ${deviations.join('; ')}`);

    // The check must be able to fail: one member that no model has, and it has to say so.
    const found = deviationsFromModel(operation, 'answer', {
      ...answer,
      Surprise: 1,
    });
    tally.check(
      found.length === deviations.length + 1,
      `${name}: a member that is in no model was not found`,
    );
  }
}

/** `awscli.ce.get-cost-and-usage.1.json` is of GetCostAndUsage. */
function operationOf(name: string): string {
  return name
    .split('.')[2]
    .split('-')
    .map(word => word[0].toUpperCase() + word.slice(1))
    .join('');
}
