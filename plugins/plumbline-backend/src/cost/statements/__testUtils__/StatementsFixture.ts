import { mockServices } from '@backstage/backend-test-utils';
import type {
  CostBatch,
  DailyCost,
} from '@plumbline/backstage-plugin-plumbline-node';
import {
  collecting,
  emptyDatabase,
  fakeSource,
} from '../../../collect/__testUtils__/collecting';
import { StateStore } from '../../../bindings/StateStore';
import { SourceStore } from '../../../collect/SourceStore';
import {
  dayOfInstant,
  endDayOfMonth,
  firstDayOfMonth,
  nanosToDecimal,
  type PlumblineDatabase,
} from '../../../database';
import { RuleStore, type Rule } from '../../split';
import { ClosedMonths } from '../ClosedMonths';
import { ClosingCalendar } from '../ClosingCalendar';
import { MonthCloser } from '../MonthCloser';
import { OpenMonths } from '../OpenMonths';
import { Restater } from '../Restater';
import { StatementsTask } from '../StatementsTask';
import { StatementStore } from '../StatementStore';

/** One charge of a delivery; amounts in nanos. */
export interface TestCharge {
  resource: string;
  effective: bigint;
  billed?: bigint;
  service?: string;
  currency?: string;
  category?: DailyCost['category'];
  correction?: boolean;
  /** Days from the first of the month. */
  day?: number;
}

/** What a source says of a month. */
export interface TestDelivery {
  month: string;
  charges: readonly TestCharge[];
  source?: string;
  fingerprint?: string;
  /** Days before the month's end on which the data ends. */
  endsEarly?: number;
  /** Billionths of a nano that the source's exact total is off the rounded rows. */
  rest?: number;
}

const LAST_DAY = 2147483647;
const FIRST_DAY = -2147483648;

/** Everything around statements on a real database, with a clock of its own. */
export class StatementsFixture {
  static async create(
    databaseId: Parameters<typeof emptyDatabase>[0],
  ): Promise<StatementsFixture> {
    const fixture = new StatementsFixture(await emptyDatabase(databaseId));
    await fixture.catalogIsThere();
    return fixture;
  }

  now = new Date('2026-03-10T12:00:00Z');
  readonly closed: ClosedMonths;
  readonly statements: StatementStore;
  readonly logger = mockServices.logger.mock();
  readonly #owners = new Map<string, string>();
  #deliveries = 0;

  private constructor(readonly database: PlumblineDatabase) {
    this.closed = ClosedMonths.create({ database });
    this.statements = StatementStore.create({ database });
  }

  get collecting() {
    return collecting(this.database, {
      now: () => this.now,
      allocator: { refresh: () => this.allocate() },
    });
  }

  get closer(): MonthCloser {
    return MonthCloser.create(this.#options());
  }

  get restater(): Restater {
    return Restater.create(this.#options());
  }

  open(calendar = ClosingCalendar.create()): OpenMonths {
    return OpenMonths.create({ ...this.#options(), calendar });
  }

  task(calendar = ClosingCalendar.create()): StatementsTask {
    return StatementsTask.create({
      ...this.#options(),
      calendar,
      logger: this.logger,
    });
  }

  /** The catalog has been read, and Plumbline started long ago. */
  async catalogIsThere(since = '2025-01-01T00:00:00Z'): Promise<void> {
    const state = StateStore.create({ database: this.database });
    await state.set('catalog_settled_at', since);
    await state.set('statements_since', since);
  }

  async addEntity(
    ref: string,
    more: { owner?: string; system?: string; title?: string } = {},
  ): Promise<void> {
    await this.database
      .knex('entity')
      .insert({
        ref,
        kind: ref.split(':')[0],
        title: more.title ?? null,
        owner_ref: more.owner ?? null,
        system_ref: more.system ?? null,
        first_seen_at: this.now,
      })
      .onConflict('ref')
      .merge();
  }

  /** From today on (or for all time, where it belonged to none) a resource is an entity's. */
  give(resource: string, entity: string): void {
    this.#owners.set(resource, entity);
  }

  /** From now on cost is shared out by these rules. */
  async share(rules: readonly Rule[]): Promise<void> {
    await RuleStore.create({ database: this.database }).replace(
      rules,
      this.now,
    );
  }

  /** Collects a delivery as a source of its own run. */
  async deliver(delivery: TestDelivery): Promise<void> {
    this.#deliveries += 1;
    const id = delivery.source ?? 'focus:aws';
    const batches = batchesOf({
      fingerprint: `delivery ${this.#deliveries}`,
      ...delivery,
    });
    await this.collecting.collect(
      fakeSource(
        async function* collect() {
          yield* batches;
        },
        { id },
      ),
    );
  }

  /** A run of a source that goes wrong. */
  async fail(month?: string, source = 'focus:aws'): Promise<void> {
    await this.collecting.collect(
      fakeSource(
        async function* collect() {
          if (month === undefined) {
            throw new Error('access denied');
          }
          yield {
            type: 'failed',
            partition: month,
            cursor: month,
            problems: [
              { severity: 'error', message: 'no file', partition: month },
            ],
          } as CostBatch;
        },
        { id: source },
      ),
    );
  }

  async retire(source: string): Promise<void> {
    const rows = await this.database
      .knex('source')
      .whereNot({ source_id: source })
      .pluck('source_id');
    await SourceStore.create({ database: this.database }).retireAllBut(
      rows,
      this.now,
    );
  }

  /** Makes the open months anew, with who owns what now. */
  async rebuild(): Promise<void> {
    await this.allocate();
    await this.collecting.materializer.rebuild();
  }

  /** Sums of published statements by entity, in the currency, as decimals. */
  async stated(
    month: string,
    numbers?: readonly number[],
  ): Promise<Record<string, string>> {
    const statements = await this.statements.list([month]);
    const ids = statements
      .filter(({ number }) => !numbers || numbers.includes(number))
      .map(({ id }) => id);
    return sumsOf(
      await this.database.query(
        `select entity.ref || ' ' || currency.code as key, cast(sum(line.effective) as text) as sum
         from statement_line line join entity on entity.id = line.entity_id
         join currency on currency.id = line.currency_id
         where line.statement_id in (${[0, ...ids].join(', ')})
         group by entity.ref, currency.code`,
      ),
    );
  }

  /** Sums of what is live of a month by entity. */
  async live(month: string): Promise<Record<string, string>> {
    return sumsOf(
      await this.database.query(
        `select entity.ref || ' ' || currency.code as key, cast(sum(cost.effective) as text) as sum
         from cost_partition partition
         join source on source.id = partition.source_id and source.retired_at is null
         join entity_cost_monthly cost on cost.generation_id = partition.entity_generation
         join entity on entity.id = cost.entity_id join currency on currency.id = cost.currency_id
         where partition.month = ? group by entity.ref, currency.code`,
        [month],
      ),
    );
  }

  /** Every line of every published statement, as text. */
  async frozenLines(): Promise<Map<number, string>> {
    const rows = await this.database.query(
      `select line.statement_id, line.entity_id, line.environment_id, line.service_id, line.currency_id,
         line.charge_kind_id, cast(line.effective as text) as effective, cast(line.billed as text) as billed
       from statement_line line
       join statement on statement.id = line.statement_id and statement.number is not null
       order by 1, 2, 3, 4, 5, 6`,
    );
    const entities = await this.database.query(
      `select named.* from statement_entity named
       join statement on statement.id = named.statement_id and statement.number is not null order by 1, 2`,
    );
    const lines = new Map<number, string>();
    for (const row of [...rows, ...entities]) {
      const id = Number(row.statement_id);
      lines.set(id, `${lines.get(id) ?? ''}${JSON.stringify(row)}\n`);
    }
    return lines;
  }

  #options() {
    return {
      database: this.database,
      materializer: this.collecting.materializer,
      now: () => this.now,
    };
  }

  /** Writes down who owns what, from today on. */
  async allocate(): Promise<number> {
    const { knex } = this.database;
    const resources: { id: number; native_id: string }[] = await knex(
      'resource',
    ).select('id', 'native_id');
    let changed = 0;
    for (const { id, native_id: name } of resources) {
      const owner = this.#owners.get(name);
      const entity =
        owner === undefined
          ? undefined
          : await knex('entity').where({ ref: owner }).first('id');
      const present = await knex('allocation')
        .where({ resource_id: id, to_day: LAST_DAY })
        .first();
      if (!entity || present?.entity_id === entity.id) {
        continue;
      }
      changed += 1;
      const today = dayOfInstant(this.now);
      const row = {
        resource_id: id,
        to_day: LAST_DAY,
        entity_id: entity.id,
        environment_id: 1,
        matched_by: 'arn',
      };
      if (!present) {
        await knex('allocation').insert({ ...row, from_day: FIRST_DAY });
      } else if (present.from_day === today) {
        await knex('allocation')
          .where({ resource_id: id, from_day: today })
          .update({ entity_id: entity.id });
      } else {
        await knex('allocation')
          .where({ resource_id: id, from_day: present.from_day })
          .update({ to_day: today });
        await knex('allocation').insert({ ...row, from_day: today });
      }
    }
    const version = await knex('plumbline_state')
      .where({ key: 'bindings_version' })
      .first('value');
    const next = Number(version.value) + (changed > 0 ? 1 : 0);
    await knex('plumbline_state')
      .where({ key: 'bindings_version' })
      .update({ value: String(next) });
    return next;
  }
}

function sumsOf(
  rows: readonly Record<string, unknown>[],
): Record<string, string> {
  return Object.fromEntries(
    rows
      .map(row => [String(row.key), nanosToDecimal(String(row.sum))])
      .filter(([, sum]) => sum !== '0')
      .sort(),
  );
}

function batchesOf(
  delivery: TestDelivery & { fingerprint: string },
): CostBatch[] {
  const { month, charges, fingerprint, endsEarly = 0, rest = 0 } = delivery;
  const resources = [...new Set(charges.map(charge => charge.resource))];
  const services = [
    ...new Set(charges.map(charge => charge.service ?? 'Lambda')),
  ];
  const sums = new Map<string, { effective: bigint; billed: bigint }>();
  const rows = charges.map((charge): DailyCost => {
    const currency = charge.currency ?? 'USD';
    const billed = charge.billed ?? charge.effective;
    const sum = sums.get(currency) ?? { effective: 0n, billed: 0n };
    sum.effective += charge.effective;
    sum.billed += billed;
    sums.set(currency, sum);
    return {
      resource: resources.indexOf(charge.resource),
      service: services.indexOf(charge.service ?? 'Lambda'),
      day: firstDayOfMonth(month) + (charge.day ?? 0),
      currency,
      category: charge.category ?? 'Usage',
      correction: charge.correction ?? false,
      effectiveNanos: charge.effective,
      billedNanos: billed,
    };
  });
  return [
    { type: 'partition', partition: month },
    {
      type: 'resources',
      resources: resources.map(resourceId => ({
        provider: 'AWS',
        accountId: '111111111111',
        resourceId,
        tags: {},
      })),
    },
    {
      type: 'services',
      services: services.map(name => ({ provider: 'AWS', name })),
    },
    { type: 'rows', rows },
    {
      type: 'complete',
      partition: month,
      fingerprint,
      totals: [...sums].map(([currency, sum]) => ({
        currency,
        effective: offBy(sum.effective, rest),
        billed: offBy(sum.billed, rest),
      })),
      rowsRead: rows.length,
      dataThrough: endDayOfMonth(month) - 1 - endsEarly,
      problems: [],
      cursor: month,
    },
  ];
}

/** An amount with billionths of a nano added away from zero. */
function offBy(nanos: bigint, billionths: number): string {
  const scaled =
    nanos * 1_000_000_000n + (nanos < 0n ? -1n : 1n) * BigInt(billionths);
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(19, '0');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -18)}.${digits.slice(
    -18,
  )}`;
}
