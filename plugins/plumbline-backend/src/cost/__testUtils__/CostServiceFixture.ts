import {
  mockCredentials,
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import type {
  CostQuery,
  EntityCosts,
  SourceStatus,
} from '@plumbline/backstage-plugin-plumbline-common';
import { parseCostQuery } from '../../api/request';
import { EntityStore } from '../../permissions';
import type { EntityFilter } from '../../permissions';
import { UsageStore } from '../../usage';
import { RepositoryFiguresReader } from '../budgets';
import { Converters } from '../currency';
import type { CurrencyConfig } from '../currency';
import { DefaultCostService } from '../DefaultCostService';
import { freshSource, ref, TestCosts } from '../testUtils';
import { UnitCostDefinitions, UnitCostReader } from '../unitCosts';
import type { ConfiguredUnitCost } from '../unitCosts';

export const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_15'],
});

/** The component that the tests ask about, where they name no other. */
export const checkout = 'component:default/checkout';

const credentials = mockCredentials.user();

/** The cost service over a small database, with sources whose state a test sets. */
export class CostServiceFixture {
  statuses: SourceStatus[] = [freshSource()];
  unitCosts: ConfiguredUnitCost[] = [];
  currency: CurrencyConfig | undefined;

  private constructor(readonly costs: TestCosts) {}

  static async create(databaseId: TestDatabaseId) {
    return new CostServiceFixture(
      await TestCosts.create(await databases.init(databaseId)),
    );
  }

  async getCosts(
    query: CostQuery,
    entityRef = checkout,
    readable?: EntityFilter,
  ): Promise<EntityCosts> {
    return this.#service().getCosts({
      entityRef: ref(entityRef),
      query: parseCostQuery(query),
      credentials,
      readable,
    });
  }

  async getHeadline(entityRef = checkout, readable?: EntityFilter) {
    const headlines = await this.getHeadlines([entityRef], readable);
    return headlines.get(ref(entityRef));
  }

  async getHeadlines(entityRefs: string[], readable?: EntityFilter) {
    const entities = await this.#entities().getByRefs(entityRefs);
    return this.#service().getHeadlines({
      entities: entities.flatMap(entity => entity ?? []),
      readable,
    });
  }

  #entities(): EntityStore {
    return EntityStore.create({ database: this.costs.database });
  }

  #service(): DefaultCostService {
    return DefaultCostService.create({
      database: this.costs.database,
      entities: this.#entities(),
      statuses: { getStatuses: async () => this.statuses },
      bindings: this.costs.bindings,
      unitCosts: UnitCostReader.create({
        definitions: UnitCostDefinitions.create({
          configured: this.unitCosts,
          repositories: RepositoryFiguresReader.create({
            database: this.costs.database,
          }),
        }),
        usage: UsageStore.create({ database: this.costs.database }),
      }),
      converters: Converters.create({
        database: this.costs.database,
        config: this.currency,
      }),
    });
  }
}
