import {
  BUCKET_COST,
  DAYS_OF_MONTH,
  ENTITY_COST_DAILY,
  ENTITY_COST_MONTHLY,
  endDayOfMonth,
  firstDayOfMonth,
  UNALLOCATED_ENTITY_ID,
  type PlumblineDatabase,
  type Values,
} from '@plumbline/backstage-plugin-plumbline-backend/src/database';

/** The two months of the bill: the one that is looked at, and the one it is compared with. */
export const MONTHS = ['2026-10', '2026-11'];

export const ACCOUNTS = 200;
const SERVICES = 20;
const TEAMS = 150;
/** So many rows go into one statement. */
const STEP = 5_000;
const DAILY = 1_000_000n;

/**
 * Fills an empty database as a collection would have whose resources all belong to nobody: each has a cost on
 * every day, four tags, one of which tells it from all others.
 */
export async function fill(
  database: PlumblineDatabase,
  resources: number,
): Promise<void> {
  const { knex } = database;
  await knex('source').insert({
    id: 1,
    source_id: 'focus:bench',
    domain: 'cost',
  });
  await knex('currency').insert({ id: 1, code: 'USD' });
  await knex('charge_kind').insert({
    id: 1,
    category: 'Usage',
    correction: false,
    commitment: '',
  });
  await knex.batchInsert(
    'account',
    numbered(ACCOUNTS, id => ({
      id,
      provider: 'AWS',
      native_id: String(100_000_000_000 + id),
    })),
  );
  await knex.batchInsert(
    'service',
    numbered(SERVICES, id => ({
      id,
      provider: 'AWS',
      name: `Service ${id}`,
    })),
  );
  await fillResources(database, resources);
  for (const [index, month] of MONTHS.entries()) {
    await fillMonth(database, resources, index + 1, month);
  }
  await knex.raw('analyze');
}

async function fillResources(database: PlumblineDatabase, count: number) {
  const text = (name: string) => ({ name, type: 'text' as const });
  await database.insertRecords(
    'resource',
    [
      { name: 'account_id', type: 'integer' },
      ...['resource_key', 'native_id', 'tags'].map(text),
      { name: 'first_seen_at', type: 'instant' },
      { name: 'last_seen_at', type: 'instant' },
    ],
    numbered(count, id => ({
      account_id: ((id * 7) % ACCOUNTS) + 1,
      resource_key: `key ${id}`,
      native_id: `arn:aws:ec2:eu-central-1:${id}:instance/i-${id}`,
      tags: JSON.stringify({
        Name: `instance-${id}`,
        ...(id % 3 ? { 'user:team': `team-${id % TEAMS}` } : {}),
        'aws:cloudformation:stack-name': `stack-${id % 900}`,
        environment: id % 2 ? 'prod' : 'stage',
      }),
      first_seen_at: new Date(0),
      last_seen_at: new Date(0),
    })),
  );
}

async function fillMonth(
  database: PlumblineDatabase,
  resources: number,
  partition: number,
  month: string,
) {
  const first = firstDayOfMonth(month);
  const days = endDayOfMonth(month) - first;
  const generation = partition;
  for (let start = 0; start < resources; start += STEP) {
    const rows = Math.min(STEP, resources - start);
    const ones = () => new Int32Array(rows).fill(1);
    const ids = Int32Array.from({ length: rows }, (_, row) => start + row + 1);
    const running = Array.from({ length: DAYS_OF_MONTH }, (_, day) =>
      BigInt64Array.from(
        ids,
        id => DAILY * BigInt(id) * BigInt(Math.min(day + 1, days)),
      ),
    );
    await database.insertColumns(BUCKET_COST.name, BUCKET_COST.columns, [
      ones().fill(generation),
      ones().fill(UNALLOCATED_ENTITY_ID),
      Array<string>(rows).fill(month),
      ids,
      ids.map(id => (id % SERVICES) + 1),
      ones(),
      ones(),
      ones().fill(2 ** days - 1),
      ...running,
      ...running,
    ]);
  }
  const perDay = (DAILY * BigInt(resources) * BigInt(resources + 1)) / 2n;
  const entityRow = (time: Values, amount: bigint): Values[] => [
    Int32Array.of(generation),
    Int32Array.of(UNALLOCATED_ENTITY_ID),
    time,
    ...Array.from({ length: 4 }, () => Int32Array.of(1)),
    BigInt64Array.of(amount),
    BigInt64Array.of(amount),
  ];
  for (let day = first; day < first + days; day++) {
    await database.insertColumns(
      ENTITY_COST_DAILY.name,
      ENTITY_COST_DAILY.columns,
      entityRow(Int32Array.of(day), perDay),
    );
  }
  await database.insertColumns(
    ENTITY_COST_MONTHLY.name,
    ENTITY_COST_MONTHLY.columns,
    entityRow([month], perDay * BigInt(days)),
  );
  await database.knex('cost_partition').insert({
    id: partition,
    source_id: 1,
    month,
    first_day: first,
    first_usage_day: first,
    last_day: first + days - 1,
    data_through: first + days - 1,
    resource_generation: generation,
    entity_generation: generation,
    published_at: new Date(),
    bindings_version: 0,
  });
}

function numbered<T>(count: number, make: (id: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index + 1));
}
