import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import plumblineBackend from '@plumbline/backstage-plugin-plumbline-backend';
import plumblineFocus from '@plumbline/backstage-plugin-plumbline-backend-module-focus';
import { ANNOTATIONS } from '@plumbline/backstage-plugin-plumbline-common';
import { Decimal } from 'decimal.js';
import knexFactory, { type Knex } from 'knex';
import { moveClock } from '../../lib/clock';
import type { Share } from './compare';
import type { Expected, Total } from './expected';
import { TaskList } from '../../lib/TaskList';

const SOURCE = 'focus:sample';

/** Plumbline's back end with its FOCUS module, a catalog and a database in memory, configured for one file. */
export class Product {
  static async start(file: string, expected: Expected): Promise<Product> {
    const knex = knexFactory({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    const newest = expected.totals
      .map(({ month }) => month)
      .sort()
      .pop();
    const restoreClock = moveClock(new Date(`${newest}-28T12:00:00Z`));
    const tasks = new TaskList();
    const backend = await startTestBackend({
      features: [
        plumblineBackend,
        plumblineFocus,
        catalogServiceMock.factory({
          entities: expected.resources.map(entityOf),
        }),
        mockServices.rootConfig.factory({
          data: {
            plumbline: {
              focus: { exports: [{ name: 'sample', path: file }] },
            },
          },
        }),
        createServiceFactory({
          service: coreServices.database,
          deps: {},
          factory: () => ({ getClient: async () => knex }),
        }),
        createServiceFactory({
          service: coreServices.scheduler,
          deps: {},
          factory: () => tasks,
        }),
      ],
    });
    return new Product(knex, tasks, backend.server.port(), async () => {
      await backend.stop();
      await knex.destroy();
      restoreClock();
    });
  }

  private constructor(
    private readonly knex: Knex,
    private readonly tasks: TaskList,
    /** Where its HTTP API listens. */
    readonly port: number,
    readonly stop: () => Promise<void>,
  ) {}

  /** What the schedule would do: the catalog, the bill, and the catalog again now that resources are known. */
  async import(): Promise<void> {
    await this.tasks.triggerTask('plumbline-bindings');
    await this.tasks.triggerTask(`plumbline-collect-${SOURCE}`);
    await this.tasks.triggerTask('plumbline-bindings');
    await this.tasks.triggerTask('plumbline-rebuild');
  }

  /** What the run says went wrong. */
  async problems(): Promise<string[]> {
    const runs = await this.knex('collection_run').select('state', 'problems');
    return runs.flatMap(({ state, problems }) =>
      state === 'succeeded' && problems === '[]'
        ? []
        : [`the run ${state}: ${problems}`],
    );
  }

  /** Stored sums; what rounding left of a month is no service. */
  async totals(): Promise<Total[]> {
    const rows = await this.knex('cost_partition as p')
      .join(
        'resource_cost_daily as c',
        'c.generation_id',
        'p.resource_generation',
      )
      .join('service as s', 's.id', 'c.service_id')
      .join('currency as u', 'u.id', 'c.currency_id')
      .whereNot('s.provider', '')
      .groupBy('p.month', 's.provider', 's.name', 'u.code')
      .select(
        'p.month as month',
        's.provider as provider',
        's.name as service',
        'u.code as currency',
      )
      .select(sums(this.knex));
    return rows.map(inUnits);
  }

  /** Stored sums by whom they belong to. */
  async shares(): Promise<Share[]> {
    const to = this.knex.raw(
      "case e.ref when 'plumbline:shared' then 'shared' when 'plumbline:unallocated' then 'unallocated' else 'entities' end as ??",
      ['to'],
    );
    const rows = await this.knex('cost_partition as p')
      .join('entity_cost_daily as c', 'c.generation_id', 'p.entity_generation')
      .join('entity as e', 'e.id', 'c.entity_id')
      .join('currency as u', 'u.id', 'c.currency_id')
      .groupBy('p.month', 'u.code', 'to')
      .select('p.month as month', 'u.code as currency', to)
      .select(sums(this.knex));
    return rows.map(inUnits);
  }

  /** Spoils one stored amount. */
  async addOneNano(): Promise<void> {
    const row = await this.knex('resource_cost_daily as c')
      .join('service as s', 's.id', 'c.service_id')
      .whereNot('s.provider', '')
      .where('c.billed', '>', 1_000_000)
      .select('c.*')
      .first();
    const changed = await this.knex('resource_cost_daily')
      .where({
        generation_id: row.generation_id,
        resource_id: row.resource_id,
        day: row.day,
        service_id: row.service_id,
        currency_id: row.currency_id,
        charge_kind_id: row.charge_kind_id,
      })
      .increment('billed', 1);
    if (changed !== 1) {
      throw new Error(`${changed} rows were changed instead of one`);
    }
  }
}

function sums(knex: Knex) {
  return knex.raw(
    'cast(sum(c.effective) as text) as effective, cast(sum(c.billed) as text) as billed',
  );
}

function inUnits<T extends { effective: string; billed: string }>(row: T): T {
  const units = (nanos: string) => new Decimal(nanos).times('1e-9').toFixed();
  return { ...row, effective: units(row.effective), billed: units(row.billed) };
}

/** An entity that claims one resource, as a person would write it. */
function entityOf(resource: string, index: number): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: `component-${index}`,
      annotations: { [ANNOTATIONS.resourceIds]: resource },
    },
    spec: {
      type: 'service',
      owner: 'group:default/team',
      lifecycle: 'production',
    },
  };
}
