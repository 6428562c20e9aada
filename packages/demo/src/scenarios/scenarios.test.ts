import { readFile } from 'fs/promises';
import { join } from 'path';
import { company } from '../company';
import { describeScenarios, scenarios } from '.';

describe('scenarios', () => {
  it('are what SCENARIOS.md says', async () => {
    const text = await readFile(join(__dirname, '../../SCENARIOS.md'), 'utf8');
    expect(text).toBe(describeScenarios());
  });

  it('name entities and resources of the company, and days of the export', () => {
    const refs = new Set(
      company.entities.map(
        ({ kind, name }) => `${kind.toLowerCase()}:default/${name}`,
      ),
    );
    const names = new Set(company.resources.map(({ name }) => name));
    for (const { entityRef, resources, effects, period } of scenarios) {
      expect(refs).toContain(entityRef ?? [...refs][0]);
      for (const name of [...resources, ...effects.map(e => e.resource)]) {
        expect(names).toContain(name);
      }
      expect(period?.fromDay ?? 0).toBeGreaterThan(-400);
      expect(period?.toDay ?? 0).toBeLessThanOrEqual(0);
    }
    expect(new Set(scenarios.map(({ id }) => id)).size).toBe(scenarios.length);
  });

  it('leave more than half of the company’s components healthy', () => {
    const ailing = new Set(
      scenarios
        .filter(({ expected }) => expected === 'finding')
        .map(({ entityRef }) => entityRef),
    );
    expect(ailing.size).toBeLessThan(company.entities.length / 2);
  });
});
