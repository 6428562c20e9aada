import {
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import type {
  Portfolio,
  SourceStatus,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  parsePortfolioQuery,
  type RawPortfolioQuery,
} from '../../../api/request';
import { EntityStore, type EntityFilter } from '../../../permissions';
import { freshSource, TestCosts } from '../../testUtils';
import { DefaultPortfolioService } from '../DefaultPortfolioService';

export const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_15'],
});

/** What a test asks, where it says nothing else: by owner, February and March 2026. */
const ASKED = { by: 'owner', from: '2026-02', to: '2026-03' } as const;

/** The portfolio over a small database, as somebody sees it. */
export class PortfolioFixture {
  statuses: SourceStatus[] = [freshSource()];
  /** Only these entities are counted; all where absent. */
  readable: EntityFilter;
  /** Whether the person may see what is nobody's. */
  seesBuckets = true;
  /** Whom the catalog does not show to the person. */
  hidden: string[] = [];

  readonly #service: DefaultPortfolioService;

  private constructor(readonly costs: TestCosts) {
    this.#service = DefaultPortfolioService.create({
      database: costs.database,
      statuses: { getStatuses: async () => this.statuses },
      bindings: costs.bindings,
    });
  }

  static async create(databaseId: TestDatabaseId): Promise<PortfolioFixture> {
    return new PortfolioFixture(
      await TestCosts.create(await databases.init(databaseId)),
    );
  }

  async get(query: Partial<RawPortfolioQuery> = {}): Promise<Portfolio> {
    const { shared, unallocated } = await EntityStore.create({
      database: this.costs.database,
    }).getBuckets();
    return this.#service.read({
      query: parsePortfolioQuery({ ...ASKED, ...query }),
      readable: this.readable,
      buckets: this.seesBuckets
        ? { shared: shared.id, unallocated: unallocated.id }
        : {},
      nameable: async refs =>
        new Set(refs.filter(ref => !this.hidden.includes(ref))),
    });
  }
}

/** Rows in short: whose, in what currency, and how much. */
export function inShort({ rows }: Pick<Portfolio, 'rows'>): string[] {
  return rows.map(
    ({ kind, key, currency, total }) => `${key ?? kind} ${total} ${currency}`,
  );
}
