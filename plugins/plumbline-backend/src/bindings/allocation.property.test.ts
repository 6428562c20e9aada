import fc from 'fast-check';
import {
  allocationChange,
  LAST_DAY,
  type StoredAllocation,
} from './resolve/allocationChange';
import {
  BindingsFixture,
  databases,
  entity,
} from './__testUtils__/BindingsFixture';

jest.setTimeout(120_000);

/** Applies a change as the table does. */
function apply(
  rows: StoredAllocation[],
  change: ReturnType<typeof allocationChange>,
): StoredAllocation[] {
  return [
    ...rows
      .filter(row => !change?.remove.includes(row))
      .map(row =>
        row === change?.close?.row
          ? { ...row, toDay: change.close.toDay }
          : row,
      ),
    ...(change?.insert ? [{ ...change.insert, vanished: false }] : []),
  ];
}

function expectOneOwnerADay(
  rows: readonly { from: number; to: number; resource: string | number }[],
) {
  const ordered = [...rows].sort((a, b) => a.from - b.from);
  ordered.forEach((row, index) => {
    expect(row.from).toBeLessThan(row.to);
    const next = ordered
      .slice(index + 1)
      .find(({ resource }) => resource === row.resource);
    if (next) {
      expect(row.to).toBeLessThanOrEqual(next.from);
    }
  });
}

it('never gives a resource to two entities on one day, whatever happens and however clocks differ', () => {
  const step = fc.record({
    // A replica's clock may be a day behind.
    days: fc.integer({ min: -1, max: 2 }),
    entityId: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    environmentId: fc.integer({ min: 1, max: 2 }),
    matchedBy: fc.constantFrom('arn' as const, 'account' as const),
    vanished: fc.subarray([1, 2, 3]),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), steps => {
      let rows: StoredAllocation[] = [];
      let today = 20_000;
      for (const { days, vanished, ...wanted } of steps) {
        today += days;
        const { entityId, environmentId, matchedBy } = wanted;
        const desired =
          entityId === undefined || vanished.includes(entityId)
            ? undefined
            : { entityId, environmentId, matchedBy };
        rows = rows.map(row => ({
          ...row,
          vanished: vanished.includes(row.entityId),
        }));
        rows = apply(rows, allocationChange(7, rows, desired, today));
        expectOneOwnerADay(
          rows.map(row => ({
            from: row.fromDay,
            to: row.toDay,
            resource: row.resourceId,
          })),
        );
        expect(rows.filter(({ toDay }) => toDay === LAST_DAY)).toMatchObject(
          desired ? [desired] : [],
        );
        // Asked once more, it has nothing left to do.
        expect(allocationChange(7, rows, desired, today)).toBeUndefined();
      }
    }),
    { numRuns: 500 },
  );
});

it.each(databases.eachSupportedId())(
  'never stores two owners of one day on %s',
  async databaseId => {
    const claim = fc.constantFrom<Record<string, string>>(
      {},
      { 'plumbline.dev/resource-ids': 'r1' },
      { 'plumbline.dev/resource-ids': 'r1,r2' },
      { 'aws.amazon.com/cost-insights-tags': 'app=a' },
      { 'amazonaws.com/account-id': '111111111111' },
    );
    const world = fc.record({
      claims: fc.tuple(claim, claim, claim),
      present: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
      tags: fc.constantFrom<Record<string, string>>(
        {},
        { app: 'a' },
        { 'plumbline:entity': 'component:default/e1' },
      ),
      nextDay: fc.boolean(),
    });
    const fixture = await BindingsFixture.create(databaseId);
    await fc.assert(
      fc.asyncProperty(world, async ({ claims, present, tags, nextDay }) => {
        if (nextDay) {
          fixture.nextDay();
        }
        fixture.entities = [
          entity('Component:always'),
          ...claims
            .map((annotations, index) =>
              entity(
                index === 0 ? 'Resource:e0' : `Component:e${index}`,
                annotations,
              ),
            )
            .filter((_, index) => present[index]),
        ];
        await fixture.bill({ id: 'r1', tags }, { id: 'r2' }, { id: '' });
        await fixture.pass();
        await fixture.bindings.allocator.refresh();
        expectOneOwnerADay(await fixture.allocation());
        const { knex } = fixture.database;
        const doubled = await knex('binding')
          .whereNull('valid_to')
          .groupBy('entity_id', 'resource_id')
          .havingRaw('count(*) > 1')
          .select('entity_id');
        expect(doubled).toEqual([]);
      }),
      { numRuns: 40 },
    );
  },
);
