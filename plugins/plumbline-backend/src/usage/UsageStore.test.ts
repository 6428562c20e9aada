import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { CollectionStore, Janitor } from '../collect';
import { ledger } from '../collect/__testUtils__/collecting';
import { applyMigrations, dayFromText, PlumblineDatabase } from '../database';
import {
  collectingUsage,
  usagePartition,
  usageSource,
} from './__testUtils__/usage';
import { UsageStore } from './UsageStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const shop = 'component:default/shop';
const blog = 'component:default/blog';
const NOW = new Date('2026-03-21T12:00:00Z');

describe.each(databases.eachSupportedId())('business metrics on %s', id => {
  let database: PlumblineDatabase;
  let store: UsageStore;

  beforeEach(async () => {
    const knex = await databases.init(id);
    await applyMigrations(knex);
    database = PlumblineDatabase.fromKnex(knex);
    store = UsageStore.create({ database });
    await knex('entity').insert(
      [shop, blog].map((ref, index) => ({
        id: 10 + index,
        ref,
        kind: 'component',
        first_seen_at: new Date(0),
      })),
    );
  });

  const sum = async (from: string, to: string, metric = 'requests') =>
    Object.fromEntries(
      [
        ...(await store.sum(
          metric,
          [10, 11],
          dayFromText(from),
          dayFromText(to),
        )),
      ].map(([entity, value]) => [entity, value.toFixed()]),
    );

  it('adds up days exactly, by entity; an entity without values is absent', async () => {
    const { collect } = collectingUsage(database);
    await collect(
      usageSource([
        ...usagePartition('2026-02', 'requests', {
          [shop]: { '2026-02-27': '0.000001', '2026-02-28': '9000000000000' },
        }),
        ...usagePartition('2026-03', 'requests', {
          'Component:Shop': { '2026-03-01': '0.0000005' },
          [blog]: { '2026-03-01': '0' },
          'component:default/unknown': { '2026-03-01': '7' },
        }),
      ]),
    );
    expect(await sum('2026-02-01', '2026-03-01')).toEqual({
      10: '9000000000000.000001',
    });
    expect(await sum('2026-02-28', '2026-03-02')).toEqual({
      10: '9000000000000.000001',
      11: '0',
    });
    expect(await sum('2026-02-01', '2026-04-01', 'orders')).toEqual({});
  });

  it('adds up sources, also where one says a key twice, and leaves out days that are not complete', async () => {
    const { collect } = collectingUsage(database);
    const march = usagePartition('2026-03', 'requests', {
      [shop]: { '2026-03-01': '1', '2026-03-02': '10' },
    });
    await collect(usageSource([march[0], march[1], ...march.slice(1)], 'a'));
    await collect(
      usageSource(
        usagePartition(
          '2026-03',
          'requests',
          { [shop]: { '2026-03-01': '100', '2026-03-02': '1000' } },
          { dataThrough: dayFromText('2026-03-01') },
        ),
        'b',
      ),
    );
    // What 'b' says of the second day is not complete, so that nobody knows how much it was.
    expect(await sum('2026-03-01', '2026-04-01')).toEqual({ 10: '102' });
    const days = await store.daily(
      'requests',
      [10],
      dayFromText('2026-03-01'),
      dayFromText('2026-04-01'),
    );
    expect(days.map(({ value }) => value.toFixed())).toEqual(['102']);
    expect(
      await store.listSources(
        'requests',
        [10],
        dayFromText('2026-03-01'),
        dayFromText('2026-04-01'),
      ),
    ).toEqual(['a', 'b']);
    await database
      .knex('source')
      .where({ source_id: 'b' })
      .update({ retired_at: NOW });
    expect(await sum('2026-03-01', '2026-04-01')).toEqual({ 10: '22' });
  });

  it('knows no day that one source tells and another one lacks, once it has begun', async () => {
    const { collect } = collectingUsage(database);
    const tell = (source: string, days: Record<string, string>, of = shop) =>
      collect(
        usageSource(
          usagePartition('2026-03', 'requests', { [of]: days }),
          source,
        ),
      );
    await tell('old', {
      '2026-03-01': '1',
      '2026-03-02': '2',
      '2026-03-03': '3',
      '2026-03-04': '4',
    });
    // It begins on the second, and lacks the third.
    await tell('new', { '2026-03-02': '20', '2026-03-04': '40' });
    await tell('new of another', { '2026-03-01': '7' }, blog);
    const days = async () =>
      (
        await store.daily(
          'requests',
          [10, 11],
          dayFromText('2026-03-01'),
          dayFromText('2026-04-01'),
        )
      ).map(
        ({ entity, day, value }) =>
          `${entity} ${day - dayFromText('2026-03-01') + 1} ${value.toFixed()}`,
      );
    expect((await days()).sort()).toEqual([
      '10 1 1',
      '10 2 22',
      '10 4 44',
      '11 1 7',
    ]);
    expect(await sum('2026-03-01', '2026-04-01')).toEqual({
      10: '67',
      11: '7',
    });
    expect(await sum('2026-03-03', '2026-03-04')).toEqual({});
  });

  it('replaces a month as a whole, keeps it where the source breaks off or breaks its contract, and sweeps', async () => {
    const { collect } = collectingUsage(database);
    const first = usagePartition('2026-03', 'requests', {
      [shop]: { '2026-03-01': '1', '2026-03-02': '1' },
    });
    const second = usagePartition('2026-03', 'requests', {
      [shop]: { '2026-03-01': '5' },
    });
    await collect(usageSource(first));
    await collect(usageSource(second));
    await collect(usageSource(first.slice(0, 2)));
    for (const fault of [
      { value: '-1' },
      { value: 'many' },
      { value: '9000000000000.1' },
      { metric: 'no blanks' },
      { entityRef: 'x' },
      { day: 5 },
    ]) {
      await collect(
        usageSource(
          first.map(batch =>
            batch.type === 'rows'
              ? {
                  ...batch,
                  rows: batch.rows.map(row => ({ ...row, ...fault })),
                }
              : batch,
          ),
        ),
      );
    }
    expect(await sum('2026-03-01', '2026-04-01')).toEqual({ 10: '5' });
    const runs = await ledger(database);
    expect(runs.map(({ state }) => state)).toEqual([
      'succeeded',
      'succeeded',
      ...Array(7).fill('failed'),
    ]);
    expect(runs[3].messages).toEqual([
      "SourceContractError: Source 'test:usage', partition 2026-03: -1 is negative; a metric counts from 0 up",
    ]);

    const count = async () =>
      Number((await database.query('select count(*) n from usage_daily'))[0].n);
    expect(await count()).toBeGreaterThan(1);
    const janitor = (now: Date) =>
      Janitor.create({
        database,
        logger: mockServices.logger.mock(),
        now: () => now,
      }).clean();
    await database.knex('usage_generation').insert({
      partition_id: 1,
      ticket: 'at work',
      created_at: NOW,
    });
    await database.knex('source').update({ ticket: 'at work' });
    await janitor(NOW);
    expect(await count()).toBe(1);
    expect(await database.knex('usage_generation')).toHaveLength(2);
    await janitor(new Date('2028-04-01T00:00:00Z'));
    expect(await count()).toBe(0);
    expect(await sum('2026-03-01', '2026-04-01')).toEqual({});
  });

  it('is listed among the sources with how far its data goes', async () => {
    const { collect, feedOf } = collectingUsage(database);
    const source = usageSource(
      usagePartition('2026-03', 'requests', { [shop]: { '2026-03-19': '1' } }),
    );
    await collect(source);
    const statuses = await CollectionStore.create({
      database,
      feeds: [feedOf(source)],
      now: () => NOW,
    }).getStatuses();
    expect(statuses).toMatchObject([
      {
        id: 'test:usage',
        domain: 'usage',
        state: 'fresh',
        dataThrough: '2026-03-19',
      },
    ]);
  });
});
