import { mockServices } from '@backstage/backend-test-utils';
import type {
  BilledResource,
  ChargeCategory,
  CostBatch,
  DailyCost,
} from '@plumbline/backstage-plugin-plumbline-node';
import * as fc from 'fast-check';
import {
  collecting,
  emptyDatabase,
  NOW,
  partition,
  sourceOf,
  testDatabases,
} from '../../collect/__testUtils__/collecting';
import { firstDayOfMonth, nanosToDecimal } from '../../database';
import type { PlumblineDatabase } from '../../database';
import { AccountCoverageStore } from './AccountCoverageStore';
import { CoverageTask } from './CoverageTask';
import { DefaultCoverageService } from './DefaultCoverageService';

jest.setTimeout(120_000);

const MONTH = '2026-02';
const UNIT = 1_000_000_000n;
const accounts = ['111111111111', '222222222222'];

/** Two named resources and the charges that name none, in each of two accounts. */
const resources: BilledResource[] = accounts.flatMap(accountId =>
  ['a', 'b', ''].map(name => ({
    provider: 'AWS',
    accountId,
    accountName: `Account ${accountId[0]}`,
    resourceId: name && `arn:${accountId}:${name}`,
    tags: {},
  })),
);

interface Charge {
  resource: number;
  day?: number;
  amount: bigint;
  currency?: string;
  category?: ChargeCategory;
}

function bill(
  charges: Charge[],
  fingerprint: string,
  month = MONTH,
  dataThrough?: number,
): CostBatch[] {
  const rows = charges.map(
    ({
      resource,
      day = 0,
      amount,
      currency = 'USD',
      category = 'Usage',
    }): DailyCost => ({
      resource,
      service: 0,
      day: firstDayOfMonth(month) + day,
      currency,
      category,
      correction: false,
      effectiveNanos: amount,
      billedNanos: amount,
    }),
  );
  return partition(month, rows, { fingerprint, dataThrough }).map(batch =>
    batch.type === 'resources' ? { ...batch, resources } : batch,
  );
}

describe.each(testDatabases.eachSupportedId())('coverage on %s', databaseId => {
  async function setUp() {
    const database = await emptyDatabase(databaseId);
    const { knex } = database;
    const { collect, materializer } = collecting(database);
    const task = CoverageTask.create({
      database,
      logger: mockServices.logger.mock(),
      now: () => NOW,
    });
    const service = DefaultCoverageService.create({
      store: AccountCoverageStore.create({ database }),
      environments: new Map([['111111111111', 'prod']]),
    });
    const [{ id: entity }] = await knex('entity')
      .insert({
        ref: 'component:default/shop',
        kind: 'component',
        first_seen_at: NOW,
      })
      .returning('id');
    const read = (more: { currency?: string } = {}, amountsVisible = true) =>
      service.getCoverage({ ...more, offset: 0, limit: 10, amountsVisible });
    return { database, collect, materializer, task, service, entity, read };
  }

  /** Gives a resource to the entity. */
  async function give(
    database: PlumblineDatabase,
    entity: number,
    resource: string,
    options: {
      proof: string;
      matchedBy?: string;
      fromDay?: number;
      toDay?: number;
    },
  ) {
    const { knex } = database;
    const { id } = await knex('resource')
      .where({ native_id: resource })
      .first('id');
    const { id: environment } = await knex('environment').first('id');
    await knex('allocation').insert({
      resource_id: id,
      from_day: options.fromDay ?? -2147483648,
      to_day: options.toDay ?? 2147483647,
      entity_id: entity,
      environment_id: environment,
      matched_by: options.matchedBy ?? 'arn',
    });
    await knex('binding').insert({
      entity_id: entity,
      binding_key: resource,
      target_kind: 'resource',
      resource_id: id,
      target: '{}',
      environment_id: environment,
      matched_by: options.matchedBy ?? 'arn',
      proof: options.proof,
      proof_reason: 'A test says so.',
    });
    await knex('plumbline_state')
      .where({ key: 'bindings_version' })
      .update({ value: knex.raw('cast(cast(value as integer) + 1 as text)') });
  }

  it('says what became of each account’s cost', async () => {
    const { database, collect, materializer, task, entity, read } =
      await setUp();
    const charges: Charge[] = [
      { resource: 0, amount: 5n * UNIT },
      { resource: 1, amount: 3n * UNIT },
      { resource: 1, amount: 2n * UNIT, day: 20 },
      { resource: 2, amount: 7n * UNIT, category: 'Tax' },
      { resource: 3, amount: 11n * UNIT },
      { resource: 4, amount: 13n * UNIT, currency: 'EUR' },
    ];
    await collect(sourceOf(bill(charges, 'one')));
    await task.run();
    expect(await read()).toMatchObject({
      month: MONTH,
      currency: 'USD',
      currencies: ['USD', 'EUR'],
      pending: false,
      computedAt: NOW.toISOString(),
      total: {
        amounts: { total: '28', shared: '7', unallocated: '21' },
        allocatedShare: '0',
      },
    });

    await give(database, entity, 'arn:111111111111:a', { proof: 'proven' });
    // From the middle of the month on.
    await give(database, entity, 'arn:111111111111:b', {
      proof: 'claimed',
      fromDay: firstDayOfMonth(MONTH) + 10,
    });
    await materializer.rebuild();
    expect((await read()).pending).toBe(true);
    await task.run();
    const coverage = await read();
    expect(coverage.accounts).toEqual([
      {
        provider: 'AWS',
        accountId: '222222222222',
        name: 'Account 2',
        dataThrough: '2026-02-01',
        resources: {
          total: 1,
          proven: 0,
          claimed: 0,
          shared: 0,
          unallocated: 1,
        },
        amounts: {
          total: '11',
          proven: '0',
          claimed: '0',
          shared: '0',
          unallocated: '11',
        },
        allocatedShare: '0',
      },
      {
        provider: 'AWS',
        accountId: '111111111111',
        name: 'Account 1',
        environment: 'prod',
        dataThrough: '2026-02-21',
        resources: {
          total: 2,
          proven: 1,
          claimed: 1,
          shared: 0,
          unallocated: 0,
        },
        amounts: {
          total: '17',
          proven: '5',
          claimed: '2',
          shared: '7',
          unallocated: '3',
        },
        allocatedShare: '0.411764',
      },
    ]);
    expect(await read({ currency: 'EUR' })).toMatchObject({
      accounts: [{ accountId: '222222222222', amounts: { total: '13' } }],
    });
    await expect(read({ currency: 'CHF' })).rejects.toThrow(/CHF/);
    expect(await task.run()).toBe(0);
  });

  it('follows a link that is confirmed later', async () => {
    const { database, collect, task, entity, read } = await setUp();
    await collect(sourceOf(bill([{ resource: 0, amount: UNIT }], 'one')));
    await give(database, entity, 'arn:111111111111:a', { proof: 'claimed' });
    await task.run();
    expect((await read()).total.amounts).toMatchObject({ claimed: '1' });
    await database.knex('binding').update({ proof: 'proven' });
    await task.run();
    expect((await read()).total.amounts).toMatchObject({
      proven: '1',
      claimed: '0',
    });
  });

  it('says how far an account’s charges reach, and where its source goes on without it', async () => {
    const { collect, task, service } = await setUp();
    const february = bill(
      [
        { resource: 0, amount: UNIT, day: 5 },
        { resource: 1, amount: UNIT, day: 27 },
        { resource: 2, amount: UNIT, day: 9 },
        // Only what names no resource, in another currency, is charged later.
        { resource: 3, amount: UNIT, day: 2 },
        { resource: 5, amount: UNIT, day: 24, currency: 'EUR' },
      ],
      'one',
      MONTH,
      firstDayOfMonth(MONTH) + 27,
    );
    const read = async (month: string) => {
      const { accounts: found } = await service.getCoverage({
        month,
        currency: 'USD',
        offset: 0,
        limit: 10,
        amountsVisible: false,
      });
      return Object.fromEntries(
        found.map(({ accountId, dataThrough, sourceDataThrough }) => [
          accountId,
          [dataThrough, sourceDataThrough],
        ]),
      );
    };
    await collect(sourceOf(february));
    await task.run();
    expect(await read(MONTH)).toEqual({
      [accounts[0]]: ['2026-02-28', undefined],
      [accounts[1]]: ['2026-02-25', '2026-02-28'],
    });

    // One account goes on, the other one is seen no more.
    const march = firstDayOfMonth('2026-03');
    const charged = [{ resource: 0, amount: UNIT, day: 4 }];
    await collect(
      sourceOf([...february, ...bill(charged, 'two', '2026-03', march + 6)]),
    );
    await task.run();
    expect(await read(MONTH)).toEqual({
      [accounts[0]]: ['2026-03-05', undefined],
      [accounts[1]]: ['2026-02-25', '2026-03-07'],
    });
    expect(await read('2026-03')).toEqual({
      [accounts[0]]: ['2026-03-05', undefined],
    });
  });

  it('works out again what was worked out before days were noted', async () => {
    const { database, collect, task, read } = await setUp();
    await collect(sourceOf(bill([{ resource: 0, amount: UNIT }], 'one')));
    await task.run();
    // As the migration leaves it.
    await database.knex('account_coverage').update({ last_day: null });
    await database
      .knex('coverage_partition')
      .update({ resource_generation: -1 });
    const before = await read();
    expect(before.pending).toBe(true);
    expect(before.accounts[0].dataThrough).toBeUndefined();
    expect(await task.run()).toBe(1);
    expect((await read()).accounts[0].dataThrough).toBe('2026-02-01');
  });

  it('says nothing of amounts, nor by its order, to who may not read them', async () => {
    const { collect, task, read } = await setUp();
    await collect(
      sourceOf(
        bill(
          [
            { resource: 0, amount: UNIT },
            { resource: 1, amount: UNIT },
            { resource: 3, amount: 9n * UNIT },
          ],
          'one',
        ),
      ),
    );
    await task.run();
    const hidden = await read({}, false);
    expect(JSON.stringify(hidden)).not.toMatch(/amounts"|allocatedShare/);
    expect(hidden.accounts.map(({ accountId }) => accountId)).toEqual(accounts);
    expect((await read()).accounts[0].accountId).toBe('222222222222');
  });

  it('leaves out what is no longer set up, and gives pages', async () => {
    const { database, collect, task, service, read } = await setUp();
    expect(await read()).toMatchObject({ months: [], accounts: [] });
    await collect(
      sourceOf(
        bill(
          [
            { resource: 0, amount: UNIT },
            { resource: 3, amount: UNIT },
          ],
          'one',
        ),
      ),
    );
    await task.run();
    const page = { limit: 1, amountsVisible: true };
    const first = await service.getCoverage({ ...page, offset: 0 });
    expect(first).toMatchObject({
      nextCursor: '1',
      accounts: [{ accountId: accounts[0] }],
      total: { amounts: { total: '2' } },
    });
    const last = await service.getCoverage({ ...page, offset: 1 });
    expect(last.nextCursor).toBeUndefined();
    expect(last).toMatchObject({
      accounts: [{ accountId: accounts[1] }],
    });
    await database.knex('source').update({ retired_at: NOW });
    expect(await read()).toMatchObject({ months: [], accounts: [] });
    await expect(
      service.getCoverage({ ...page, offset: 0, month: MONTH }),
    ).rejects.toThrow(/not known/);
  });

  it('adds up to the bill, whatever belongs to whom', async () => {
    const { database, collect, materializer, task, entity, read } =
      await setUp();
    const charge = fc.record({
      resource: fc.nat(resources.length - 1),
      day: fc.nat(27),
      amount: fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n }),
      currency: fc.constantFrom('USD', 'EUR'),
      category: fc.constantFrom<ChargeCategory[]>(
        'Usage',
        'Tax',
        'Credit',
        'Purchase',
      ),
    });
    const gift = fc.record({
      resource: fc.constantFrom('a', 'b'),
      account: fc.constantFrom(...accounts),
      proof: fc.constantFrom('proven', 'claimed'),
      matchedBy: fc.constantFrom('arn', 'account'),
      from: fc.nat(27),
      days: fc.nat(27),
    });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(charge, {
          selector: one => JSON.stringify({ ...one, amount: '' }),
          minLength: 1,
          maxLength: 40,
        }),
        fc.uniqueArray(gift, {
          selector: one => `${one.account} ${one.resource}`,
        }),
        async (charges, gifts) => {
          round += 1;
          await database.knex('allocation').delete();
          await database.knex('binding').delete();
          await collect(sourceOf(bill(charges, `round ${round}`)));
          for (const { resource, account, from, days, ...more } of gifts) {
            const id = `arn:${account}:${resource}`;
            const known = await database
              .knex('resource')
              .where({ native_id: id })
              .first('id');
            if (known) {
              const fromDay = firstDayOfMonth(MONTH) + from;
              await give(database, entity, id, {
                ...more,
                fromDay,
                toDay: fromDay + days + 1,
              });
            }
          }
          await materializer.rebuild();
          await task.run();
          for (const currency of new Set(charges.map(one => one.currency))) {
            const total = charges
              .filter(one => one.currency === currency)
              .reduce((all, { amount }) => all + amount, 0n);
            const coverage = await read({ currency });
            expect(coverage.total.amounts?.total).toBe(nanosToDecimal(total));
            for (const { amounts } of [coverage.total, ...coverage.accounts]) {
              const { total: whole, ...parts } = amounts!;
              expect(nanosToDecimal(sum(Object.values(parts)))).toBe(whole);
            }
            expect(
              nanosToDecimal(
                sum(coverage.accounts.map(({ amounts }) => amounts!.total)),
              ),
            ).toBe(nanosToDecimal(total));
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

function sum(amounts: string[]): bigint {
  return amounts.reduce((total, text) => {
    const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(
      text,
    )!;
    const nanos = BigInt(whole + fraction.padEnd(9, '0'));
    return total + (sign ? -nanos : nanos);
  }, 0n);
}
