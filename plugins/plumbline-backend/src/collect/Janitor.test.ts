import { mockServices } from '@backstage/backend-test-utils';
import { Janitor } from './Janitor';
import { REBUILD_TICKET } from '../cost/materialise/generations';
import {
  collecting,
  emptyDatabase,
  fakeSource,
  liveSums,
  NOW,
  partition,
  sourceOf,
  testDatabases,
  usageRows,
} from './__testUtils__/collecting';

jest.setTimeout(60_000);

const rows = usageRows('2026-02', 1_000_000_000n);

describe.each(testDatabases.eachSupportedId())('Janitor on %s', databaseId => {
  async function setUp() {
    const database = await emptyDatabase(databaseId);
    const janitorAt = (now: Date) =>
      Janitor.create({
        database,
        logger: mockServices.logger.mock(),
        now: () => now,
      });
    const rowsOf = async (table: string) => {
      const [row] = await database.query(
        `select count(*) as rows_there from ${table}`,
      );
      return Number(row.rows_there);
    };
    return { database, janitorAt, rowsOf, ...collecting(database) };
  }

  it('sweeps what was replaced and what was left half, and nothing else', async () => {
    const { database, collect, janitorAt, rowsOf } = await setUp();
    await collect(sourceOf(partition('2026-02', rows)));
    await collect(sourceOf(partition('2026-02', rows)));
    await collect(
      fakeSource(async function* half() {
        yield* partition('2026-02', rows).slice(0, -1);
        throw new Error('boom');
      }),
    );
    const entityRows = (await rowsOf('entity_cost_daily')) / 2;
    expect(await rowsOf('resource_cost_daily')).toBeGreaterThanOrEqual(168);

    await janitorAt(NOW).clean();
    expect(await rowsOf('resource_cost_daily')).toBe(84);
    expect(await rowsOf('entity_cost_daily')).toBe(entityRows);
    expect(await rowsOf('generation')).toBe(2);
    expect(await liveSums(database)).toEqual({ '2026-02': '84' });
  });

  it('leaves alone what a slice or a rebuild is writing, and gives up a rebuild after an hour', async () => {
    const { database, collect, janitorAt } = await setUp();
    await collect(sourceOf(partition('2026-02', rows)));
    await database.knex('source').update({ ticket: 'at-work' });
    const [{ id: partitionId }] = await database.knex('cost_partition');
    const write = (ticket: string) =>
      database
        .knex('generation')
        .insert({ partition_id: partitionId, ticket, created_at: NOW });
    await write('at-work');
    await write('dead');
    await write(`${REBUILD_TICKET}1`);
    const tickets = async () =>
      (await database.knex('generation').orderBy('id').pluck('ticket')).slice(
        2,
      );

    await janitorAt(NOW).clean();
    expect(await tickets()).toEqual(['at-work', `${REBUILD_TICKET}1`]);
    await janitorAt(new Date('2026-03-10T13:00:01Z')).clean();
    expect(await tickets()).toEqual(['at-work']);
  });

  it('forgets days after 25 months and keeps their months; forgets runs and paid calls after 13', async () => {
    const { database, collect, janitorAt, rowsOf } = await setUp();
    await collect(sourceOf(partition('2026-02', rows)));
    await database.knex('paid_call').insert({ source_id: 1, day: 1, calls: 1 });
    const monthly = await rowsOf('entity_cost_monthly');

    await janitorAt(new Date('2028-02-28T00:00:00Z')).clean();
    expect(await rowsOf('entity_cost_daily')).toBeGreaterThan(0);
    await janitorAt(new Date('2028-03-01T00:00:00Z')).clean();
    expect(await rowsOf('resource_cost_daily')).toBe(0);
    expect(await rowsOf('entity_cost_daily')).toBe(0);
    expect(await rowsOf('entity_cost_monthly')).toBe(monthly);
    expect(await rowsOf('collection_run')).toBe(0);
    expect(await rowsOf('paid_call')).toBe(0);
  });
});
