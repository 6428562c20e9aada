import { mockCredentials } from '@backstage/backend-test-utils';
import type {
  ChargeRow,
  ChargesQuery,
  CostQuery,
  EntityCharges,
  EntityCosts,
} from '@plumbline/backstage-plugin-plumbline-common';
import type {
  CostBatch,
  DailyCost,
} from '@plumbline/backstage-plugin-plumbline-node';
import { parseChargesQuery, parseCostQuery } from '../../../api/request';
import {
  collecting,
  emptyDatabase,
  fakeSource,
  testDatabases,
} from '../../../collect/__testUtils__/collecting';
import {
  dayFromText,
  endDayOfMonth,
  nanosToDecimal,
  type PlumblineDatabase,
} from '../../../database';
import { EntityStore } from '../../../permissions';
import { DefaultCostService } from '../../DefaultCostService';
import { freshSource, ref, TestCosts } from '../../testUtils';
import { DefaultChargesService } from '../DefaultChargesService';

export { testDatabases as databases };

/** Resources of the bill, by position; the last one stands for charges that name none. */
export const RESOURCES = ['arn:a', 'arn:b', 'arn:c', ''];
export const SERVICES = ['AWS Lambda', 'Amazon SQS'];

const ACCOUNT = '111111111111';
const credentials = mockCredentials.user();

/** A charge of the bill; what is left out is a unit of usage of the first resource and service. */
export type Charge = Partial<DailyCost> & { date: string };

/** A bill that went through the import, and both services that read it. */
export class ChargesFixture {
  static async create(
    databaseId: Parameters<typeof testDatabases.init>[0],
    entities: string[],
  ): Promise<ChargesFixture> {
    const database = await emptyDatabase(databaseId);
    const costs = await TestCosts.create(database.knex);
    await costs.addEntities(entities.map(entity => ({ ref: entity })));
    return new ChargesFixture(database, costs);
  }

  private bills = 0;

  private constructor(
    readonly database: PlumblineDatabase,
    readonly costs: TestCosts,
  ) {}

  /** Imports a bill of one month. */
  async bill(
    month: string,
    charges: readonly Charge[],
    more: Partial<Extract<CostBatch, { type: 'complete' }>> = {},
  ): Promise<void> {
    const batches = batchesOf(month, charges, {
      fingerprint: `bill ${this.bills++}`,
      ...more,
    });
    await collecting(this.database).collect(
      fakeSource(async function* collect() {
        yield* batches;
      }),
    );
    const [run] = await this.database
      .knex('collection_run')
      .orderBy('id', 'desc');
    if (run.state !== 'succeeded') {
      throw new Error(`The import ${run.state}: ${run.problems}`);
    }
  }

  /** Takes all resources away from all entities. */
  async forget(): Promise<void> {
    await this.database.knex('allocation').delete();
  }

  /** Gives a resource to an entity for some days, and adds figures up anew. */
  async allocate(
    allocations: readonly {
      resource: string;
      entity: string;
      from?: string;
      to?: string;
      environment?: string;
      matchedBy?: string;
    }[],
  ): Promise<void> {
    const { knex } = this.database;
    for (const given of allocations) {
      const resource = await knex('resource')
        .join('account', 'account.id', 'resource.account_id')
        .where({
          'resource.native_id': given.resource,
          'account.provider': 'AWS',
        })
        .first('resource.id as id');
      const entity = await knex('entity')
        .where({ ref: given.entity })
        .first('id');
      await knex('allocation').insert({
        resource_id: resource.id,
        from_day: given.from ? dayFromText(given.from) : -2147483648,
        to_day: given.to ? dayFromText(given.to) : 2147483647,
        entity_id: entity.id,
        environment_id: await this.costs.environment(
          given.environment ?? 'prod',
        ),
        matched_by: given.matchedBy ?? 'arn',
      });
    }
    await this.rebuild();
  }

  /** Adds the figures of open months up anew. */
  async rebuild(): Promise<void> {
    const { knex } = this.database;
    const { value } = await knex('plumbline_state')
      .where({ key: 'bindings_version' })
      .first('value');
    await knex('plumbline_state')
      .where({ key: 'bindings_version' })
      .update({ value: String(Number(value) + 1) });
    await collecting(this.database).materializer.rebuild({
      signal: new AbortController().signal,
    });
  }

  async getCosts(entity: string, query: CostQuery): Promise<EntityCosts> {
    return DefaultCostService.create({
      ...this.#shared(),
      bindings: this.costs.bindings,
    }).getCosts({
      entityRef: ref(entity),
      query: parseCostQuery(query),
      credentials,
    });
  }

  async getCharges(
    entity: string,
    query: ChargesQuery,
  ): Promise<EntityCharges> {
    const { limit, ...rest } = query;
    return DefaultChargesService.create({
      ...this.#shared(),
      bindings: this.costs.bindings,
    }).getCharges({
      entityRef: ref(entity),
      query: parseChargesQuery({
        ...rest,
        ...(limit !== undefined && { limit: String(limit) }),
      }),
      credentials,
    });
  }

  /** The first page's header with the rows of all pages. */
  async readAll(
    entity: string,
    query: ChargesQuery,
  ): Promise<EntityCharges & { rows: ChargeRow[] }> {
    const first = await this.getCharges(entity, query);
    const rows = [...first.rows];
    for (let next = first.nextCursor; next !== undefined; ) {
      const page = await this.getCharges(entity, { ...query, cursor: next });
      rows.push(...page.rows);
      next = page.nextCursor;
    }
    return { ...first, rows };
  }

  #shared() {
    return {
      database: this.database,
      entities: EntityStore.create({ database: this.database }),
      statuses: { getStatuses: async () => [freshSource('fake:bill')] },
    };
  }
}

function batchesOf(
  month: string,
  charges: readonly Charge[],
  more: Partial<Extract<CostBatch, { type: 'complete' }>>,
): CostBatch[] {
  const rows = charges.map(
    ({ date, ...charge }): DailyCost => ({
      resource: 0,
      service: 0,
      day: dayFromText(date),
      currency: 'USD',
      category: 'Usage',
      correction: false,
      effectiveNanos: 1_000_000_000n,
      billedNanos: 1_000_000_000n,
      ...charge,
    }),
  );
  const totals = [...new Set(rows.map(({ currency }) => currency))].map(
    currency => {
      const own = rows.filter(row => row.currency === currency);
      return {
        currency,
        effective: sumOf(own.map(row => row.effectiveNanos)),
        billed: sumOf(own.map(row => row.billedNanos)),
      };
    },
  );
  return [
    { type: 'partition', partition: month },
    {
      type: 'resources',
      resources: RESOURCES.map(resourceId => ({
        provider: 'AWS',
        accountId: ACCOUNT,
        resourceId,
        tags: {},
      })),
    },
    {
      type: 'services',
      services: SERVICES.map(name => ({ provider: 'AWS', name })),
    },
    ...(rows.length > 0 ? [{ type: 'rows' as const, rows }] : []),
    {
      type: 'complete',
      partition: month,
      fingerprint: '',
      totals,
      rowsRead: rows.reduce((sum, { lines }) => sum + (lines ?? 1), 0),
      dataThrough: endDayOfMonth(month) - 1,
      problems: [],
      cursor: month,
      ...more,
    },
  ];
}

function sumOf(nanos: readonly bigint[]): string {
  return nanosToDecimal(nanos.reduce((sum, amount) => sum + amount, 0n));
}
