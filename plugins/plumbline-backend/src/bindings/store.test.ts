import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import {
  BindingsFixture,
  databases,
  entity,
} from './__testUtils__/BindingsFixture';

jest.setTimeout(60_000);

it.each(databases.eachSupportedId())(
  'says which resources the bill had lines for of late, on %s',
  async databaseId => {
    const fixture = await BindingsFixture.create(databaseId);
    fixture.entities = [
      entity('Component:a', {
        'plumbline.dev/resource-ids': 'now,long-ago,swept,never',
      }),
    ];
    await fixture.bill(
      { id: 'now' },
      { id: 'long-ago' },
      { id: 'swept' },
      { id: 'never' },
    );
    await fixture.pass();
    const { knex } = fixture.database;
    await knex('source').insert({
      id: 1,
      source_id: 'focus:test',
      domain: 'cost',
    });
    await knex('cost_partition').insert([
      { id: 1, source_id: 1, month: '2026-03', resource_generation: 10 },
      { id: 2, source_id: 1, month: '2025-11', resource_generation: 20 },
    ]);
    const ids = new Map(
      (await knex('resource').select('id', 'native_id')).map(row => [
        row.native_id,
        row.id,
      ]),
    );
    const row = (generation: number, resource: string) => ({
      generation_id: generation,
      resource_id: ids.get(resource),
      day: 20_500,
      service_id: 1,
      currency_id: 1,
      charge_kind_id: 1,
      effective: 1,
      billed: 1,
    });
    await knex('resource_cost_daily').insert([
      row(10, 'now'),
      row(20, 'long-ago'),
      row(9, 'swept'),
    ]);
    const found = await fixture.bindings.store.getBindings(
      'component:default/a' as EntityRef,
      { limit: 10 },
    );
    expect(
      found?.bindings.map(({ target, billed }) => [
        target.kind === 'resource' && target.id,
        billed,
      ]),
    ).toEqual([
      ['now', true],
      ['long-ago', false],
      ['swept', false],
      ['never', false],
    ]);
  },
);
