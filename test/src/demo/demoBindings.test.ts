import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  company,
  exportBilling,
  payerAccount,
  type CloudResource,
} from '@plumbline/demo';
import { importDemo } from './importDemo';

jest.setTimeout(300_000);

/** A tag names the entity before any annotation does. */
function truthOf(resource: CloudResource) {
  const { entityRef, environment, proof, claimedBy } = resource;
  if (entityRef === undefined) {
    return [resource.billedAs, null, null, null, null];
  }
  return [
    resource.billedAs,
    entityRef,
    environment,
    proof,
    proof === 'proven' ? 'ownership-tag' : claimedBy,
  ];
}

const byId = (rows: unknown[][]) =>
  [...rows].sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));

it('finds every resource of the demo for the entity, by the way and with the proof that the facts say', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'plumbline-demo-'));
  try {
    await exportBilling({ directory });
    const found = await importDemo(directory);
    expect(company.resources).toHaveLength(173);
    const commitments = found.filter(
      ({ account }) => account === payerAccount.id,
    );
    expect(commitments).toHaveLength(3);
    expect(commitments.filter(({ entity }) => entity !== null)).toEqual([]);
    const things = found.filter(row => !commitments.includes(row));
    expect(
      byId(
        things.map(row => [
          row.id,
          row.entity,
          row.environment,
          row.proof,
          row.matchedBy,
        ]),
      ),
    ).toEqual(byId(company.resources.map(truthOf)));
  } finally {
    await rm(directory, { recursive: true });
  }
});
