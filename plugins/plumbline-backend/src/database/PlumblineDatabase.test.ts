import { TestDatabases } from '@backstage/backend-test-utils';
import { RESOURCE_COST_DAILY } from './costTables';
import { applyMigrations } from './migrations';
import type { Values } from './Dialect';
import { PlumblineDatabase } from './PlumblineDatabase';

jest.setTimeout(60_000);

const databases = TestDatabases.create({
  ids: process.env.BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING
    ? ['SQLITE_3', 'POSTGRES_15']
    : ['SQLITE_3'],
  disableDocker: true,
});

const { name, columns, addUp } = RESOURCE_COST_DAILY;
const MAX = 9_223_372_036_854_775_807n;

/** Rows that differ in day and amounts, column by column. */
function rowsOf(
  ...rows: [day: number, effective: bigint, billed: bigint][]
): Values[] {
  const ones = new Int32Array(rows.length).fill(1);
  return [
    ones,
    ones,
    Int32Array.from(rows, ([day]) => day),
    ones,
    ones,
    ones,
    BigInt64Array.from(rows, ([, effective]) => effective),
    BigInt64Array.from(rows, ([, , billed]) => billed),
  ];
}

describe.each(databases.eachSupportedId())(
  'PlumblineDatabase on %s',
  databaseId => {
    async function setUp() {
      const knex = await databases.init(databaseId);
      await applyMigrations(knex);
      return PlumblineDatabase.fromKnex(knex);
    }

    it('keeps 64-bit integers exact', async () => {
      const database = await setUp();
      await database.insertColumns(
        name,
        columns,
        rowsOf([1, MAX, -MAX - 1n], [2, 9_007_199_254_740_993n, 0n]),
      );
      expect(
        await database.query(
          `select cast(effective as text) as effective, cast(billed as text) as billed from ${name} order by day`,
        ),
      ).toEqual([
        { effective: String(MAX), billed: String(-MAX - 1n) },
        { effective: '9007199254740993', billed: '0' },
      ]);
    });

    it('inserts more rows than one statement takes, and lets others in between', async () => {
      const database = await setUp();
      const rows = rowsOf(
        ...Array.from(
          { length: 12_001 },
          (_, day): [number, bigint, bigint] => [day, 1n, 2n],
        ),
      );
      let turns = 0;
      const timer = setInterval(() => {
        turns += 1;
      }, 0);
      await database.insertColumns(name, columns, rows);
      clearInterval(timer);
      expect(turns).toBeGreaterThan(1);
      const [sums] = await database.query(
        `select cast(sum(effective) as text) as effective, cast(sum(billed) as text) as billed from ${name}`,
      );
      expect(sums).toEqual({ effective: '12001', billed: '24002' });
    });

    it('adds amounts up where told to, and knows a repeated key where not', async () => {
      const database = await setUp();
      const row = rowsOf([1, 5n, 7n]);
      await database.insertColumns(name, columns, row);
      const error = await database
        .insertColumns(name, columns, rowsOf([2, 1n, 1n], [1, 5n, 7n]))
        .catch(thrown => thrown);
      expect(database.dialect.isUniqueViolation(error)).toBe(true);
      expect(database.dialect.isUniqueViolation(new Error('no'))).toBe(false);
      await database.insertColumns(name, columns, row, addUp);
      const [sum] = await database.query(
        `select cast(effective as text) as effective from ${name}`,
      );
      // The row that came with the repeated one isn't there either.
      expect(sum).toEqual({ effective: '10' });
    });

    it('inserts records with text of any kind, dates, and nothing', async () => {
      const database = await setUp();
      const seen = new Date('2026-03-01T12:34:56.789Z');
      const returned = await database.insertRecords(
        'entity',
        [
          { name: 'ref', type: 'text' },
          { name: 'kind', type: 'text' },
          { name: 'title', type: 'text' },
          { name: 'owner_ref', type: 'text' },
          { name: 'first_seen_at', type: 'instant' },
        ],
        [
          {
            ref: `a:b/"c'?;--`,
            kind: 'ü\\n\n',
            title: undefined,
            owner_ref: '12',
            first_seen_at: seen,
          },
        ],
        'returning id, ref',
      );
      expect(returned).toEqual([{ id: 3, ref: `a:b/"c'?;--` }]);
      const row = await database.knex('entity').where({ id: 3 }).first();
      expect(row).toMatchObject({
        kind: 'ü\\n\n',
        title: null,
        owner_ref: '12',
      });
      expect(new Date(row.first_seen_at)).toEqual(seen);
    });

    it.each([
      [-1, '1969-12-31', '1969-12'],
      [0, '1970-01-01', '1970-01'],
      [20_512, '2026-02-28', '2026-02'],
      [20_513, '2026-03-01', '2026-03'],
    ])('knows the month of day %d (%s)', async (day, _text, month) => {
      const database = await setUp();
      const [row] = await database.query(
        `select ${database.dialect.monthOfDay(String(day))} as month`,
      );
      expect(row.month).toBe(month);
    });
  },
);
