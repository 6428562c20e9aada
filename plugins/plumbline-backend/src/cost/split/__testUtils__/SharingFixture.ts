import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import type { DailyCost } from '@plumbline/backstage-plugin-plumbline-node';
import {
  BindingsFixture,
  entity,
} from '../../../bindings/__testUtils__/BindingsFixture';
import {
  collecting,
  partition,
  sourceOf,
} from '../../../collect/__testUtils__/collecting';
import {
  ExactDecimal,
  firstDayOfMonth,
  nanosToDecimal,
} from '../../../database';
import { readSplitConfig } from '../readSplitConfig';
import { ShareRules } from '../ShareRules';
import type { UsageWeights } from '../../../usage';

const MONTH = '2026-02';

/** The first day of the month that is billed. */
export const FIRST = firstDayOfMonth(MONTH);

/** Whole units as nanos. */
export const units = (count: number) => BigInt(count) * 1_000_000_000n;

/** A line of the bill: of the resource a, b, or of none. */
export function line(
  resource: 'a' | 'b' | '',
  nanos: bigint,
  more: Partial<DailyCost> = {},
): DailyCost {
  return {
    resource: ['a', 'b', ''].indexOf(resource),
    service: 0,
    day: FIRST,
    currency: 'USD',
    category: 'Usage',
    correction: false,
    effectiveNanos: nanos,
    billedNanos: nanos,
    ...more,
  };
}

/** The annotation that gives resources to an entity. */
export const has = (...ids: string[]) => ({
  'plumbline.dev/resource-ids': ids.join(','),
});

/** A catalog, rules, metrics and a bill of one month. */
export class SharingFixture {
  /** Sums by metric and entity. */
  readonly usage = new Map<string, Record<string, string>>();
  readonly logger = mockServices.logger.mock();
  readonly #collecting: ReturnType<typeof collecting>;
  #rules: ShareRules;

  static async create(
    databaseId: Parameters<typeof BindingsFixture.create>[0],
    allocation: JsonObject = {},
  ): Promise<SharingFixture> {
    const bindings = await BindingsFixture.create(databaseId);
    bindings.entities = [
      entity('Component:one', has('a')),
      entity('Component:two', has('b')),
      entity('Component:three'),
    ];
    await bindings.pass();
    const fixture = new SharingFixture(bindings, allocation);
    await fixture.sync();
    return fixture;
  }

  private constructor(
    readonly bindings: BindingsFixture,
    allocation: JsonObject,
  ) {
    const usageWeights: UsageWeights = {
      sum: async (metric, entityIds) => {
        const rows = await this.database
          .knex('entity')
          .whereIn('id', [...entityIds]);
        const sums = this.usage.get(metric) ?? {};
        return new Map(
          rows.flatMap(({ id, ref }) =>
            sums[ref] === undefined
              ? []
              : [[id, new ExactDecimal(sums[ref])] as const],
          ),
        );
      },
    };
    this.#collecting = collecting(this.database, {
      now: () => bindings.now,
      allocator: {
        refresh: options => bindings.bindings.allocator.refresh(options),
      },
      usageWeights,
    });
    this.#rules = this.#rulesOf(allocation);
  }

  get database() {
    return this.bindings.database;
  }

  get materializer() {
    return this.#collecting.materializer;
  }

  /** Starts with another configuration. */
  async configure(allocation: JsonObject): Promise<void> {
    this.#rules = this.#rulesOf(allocation);
    await this.sync();
  }

  /** Looks at the rules as the scheduled task does. */
  async sync(): Promise<boolean> {
    return this.#rules.sync();
  }

  async deliver(...lines: DailyCost[]): Promise<void> {
    await this.#collecting.collect(sourceOf(partition(MONTH, lines)));
  }

  async close(): Promise<void> {
    await this.database
      .knex('closed_month')
      .insert({ month: MONTH, closed_at: this.bindings.now });
    this.bindings.now = new Date(this.bindings.now.getTime() + 1);
  }

  /** What each entity bears, in whole currency. */
  async costs(): Promise<Record<string, string>> {
    const rows = await this.database.query(
      `select e.ref as ref, cast(sum(c.effective) as text) as sum
       from cost_partition p join entity_cost_daily c on c.generation_id = p.entity_generation
       join entity e on e.id = c.entity_id group by e.ref`,
    );
    return Object.fromEntries(
      rows.map(row => [
        shortOf(String(row.ref)),
        nanosToDecimal(String(row.sum)),
      ]),
    );
  }

  /** What is kept beside the figures, as sentences. */
  async shares(): Promise<string[]> {
    const rows = await this.database.query(
      `select f.ref as giver, e.ref as ref, s.state, s.weight, s.weight_total, cast(s.effective as text) as effective
       from cost_partition p join entity_share_monthly s on s.generation_id = p.entity_generation
       join entity e on e.id = s.entity_id join entity f on f.id = s.from_entity_id`,
    );
    return rows
      .map(
        row =>
          `${shortOf(String(row.giver))} → ${shortOf(String(row.ref))}: ${
            row.state
          } ${row.weight}/${row.weight_total} ${nanosToDecimal(
            String(row.effective),
          )}`,
      )
      .sort();
  }

  #rulesOf(allocation: JsonObject): ShareRules {
    return ShareRules.create({
      database: this.database,
      logger: this.logger,
      now: () => this.bindings.now,
      config: readSplitConfig(
        mockServices.rootConfig({ data: { plumbline: { allocation } } }),
      ),
    });
  }
}

function shortOf(ref: string): string {
  return ref.replace(/^(component:default\/|plumbline:)/, '');
}
