import { BudgetExhaustedError } from '@plumbline/backstage-plugin-plumbline-node';
import {
  AuthenticationError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  collecting,
  emptyDatabase,
  fakeSource,
  ledger,
  liveSums,
  NOW,
  partition,
  sourceOf,
  testDatabases,
  usageRows,
} from './testUtils';

jest.setTimeout(60_000);

const january = usageRows('2026-01', 1_000_000_001n);
const february = usageRows('2026-02', 2_000_000_000n);

/** 3 × 31 × 1.000000001 and 3 × 28 × 2. */
const BOTH = { '2026-01': '93.000000093', '2026-02': '168' };

describe.each(testDatabases.eachSupportedId())(
  'CollectionRunner on %s',
  databaseId => {
    it('makes each partition live and books the run', async () => {
      const database = await emptyDatabase(databaseId);
      const { collect } = collecting(database);
      await collect(
        sourceOf(partition('2026-01', january), partition('2026-02', february)),
      );
      expect(await liveSums(database)).toEqual(BOTH);
      expect(await ledger(database)).toEqual([
        {
          state: 'succeeded',
          published: 2,
          unchanged: 0,
          failed: 0,
          slices: 1,
          messages: [],
        },
      ]);
    });
  },
);
