import { PlumblineDatabase } from '@plumbline/backstage-plugin-plumbline-backend/src/database';
import { DateTime } from 'luxon';

/** How big the database is. */
export interface Size {
  entities: number;
  days: number;
  services: number;
}

/** The last day that the bill covers: yesterday would make each run another. */
export const LAST_DAY = DateTime.fromISO('2026-11-20', { zone: 'utc' });

const DAY_MS = 86_400_000;

/** Each owns one of so many entities, in turns. */
export const TEAMS = 100;

/** So many entities go into one statement. */
const STEP = 500;

const KEYS = 'service_id, currency_id, charge_kind_id';
const AMOUNTS = 'effective, billed';

const dayOf = (date: DateTime) => date.toMillis() / DAY_MS;

/**
 * Fills an empty database as a collection would have: one source, a partition a month, and for each entity one
 * resource with a cost for every service and day.
 */
export async function fill(
  { knex }: PlumblineDatabase,
  size: Size,
): Promise<void> {
  await knex('source').insert({
    id: 1,
    source_id: 'focus:bench',
    domain: 'cost',
  });
  await knex('environment').insert({ id: 2, name: 'prod' });
  await knex('account').insert({ id: 1, provider: 'AWS', native_id: '1' });
  await knex('currency').insert({ id: 1, code: 'USD' });
  await knex('charge_kind').insert({
    id: 1,
    category: 'Usage',
    correction: false,
    commitment: '',
  });
  await knex('service').insert(
    Array.from({ length: size.services }, (_, index) => ({
      id: index + 1,
      provider: 'AWS',
      name: `Service ${index + 1}`,
    })),
  );
  await fillEntities(knex, size.entities);

  const first = LAST_DAY.minus({ days: size.days - 1 });
  let partition = 0;
  for (
    let month = first.startOf('month');
    month <= LAST_DAY;
    month = month.plus({ months: 1 })
  ) {
    partition += 1;
    const from = Math.max(dayOf(month), dayOf(first));
    const to = Math.min(
      dayOf(month.endOf('month').startOf('day')),
      dayOf(LAST_DAY),
    );
    await fillMonth(knex, size, {
      partition,
      month: month.toFormat('yyyy-MM'),
      from,
      to,
    });
  }
  await knex.raw('analyze');
}

type Knex = PlumblineDatabase['knex'];

async function fillEntities(knex: Knex, count: number): Promise<void> {
  const now = new Date();
  for (let start = 0; start < count; start += STEP) {
    const numbers = Array.from(
      { length: Math.min(STEP, count - start) },
      (_, index) => start + index + 1,
    );
    await knex('entity').insert(
      numbers.map(number => ({
        id: number + 10,
        ref: `component:default/bench-${number}`,
        kind: 'component',
        owner_ref: `group:default/team-${number % TEAMS}`,
        system_ref: `system:default/system-${number % 500}`,
        first_seen_at: now,
      })),
    );
    await knex('resource').insert(
      numbers.map(number => ({
        id: number + 10,
        account_id: 1,
        resource_key: `bench-${number}`,
        native_id: `arn:aws:lambda:eu-west-1:1:function:bench-${number}`,
        tags: '{}',
        first_seen_at: now,
        last_seen_at: now,
      })),
    );
    await knex('allocation').insert(
      numbers.map(number => ({
        resource_id: number + 10,
        from_day: -2147483648,
        to_day: 2147483647,
        entity_id: number + 10,
        environment_id: 2,
        matched_by: 'arn',
      })),
    );
    await knex('binding').insert(
      numbers.map(number => ({
        entity_id: number + 10,
        binding_key: `bench-${number}`,
        target_kind: 'resource',
        resource_id: number + 10,
        target: '{}',
        environment_id: 2,
        matched_by: 'arn',
        proof: 'claimed',
        proof_reason: 'Made for a measurement.',
      })),
    );
  }
}

async function fillMonth(
  knex: Knex,
  size: Size,
  part: { partition: number; month: string; from: number; to: number },
): Promise<void> {
  const { partition, month, from, to } = part;
  const [resources, entities] = [partition * 2 - 1, partition * 2];
  await knex('cost_partition').insert({
    id: partition,
    source_id: 1,
    month,
    resource_generation: resources,
    entity_generation: entities,
    first_day: from,
    last_day: to,
    data_through: to,
    published_at: new Date(),
    bindings_version: 0,
  });
  await knex('generation').insert(
    [resources, entities].map(id => ({
      id,
      partition_id: partition,
      ticket: 'bench',
      created_at: new Date(),
    })),
  );
  const days = `with recursive days(day) as (
    select cast(${from} as integer) union all select day + 1 from days where day < ${to})`;
  const amount = `(entity.id * 7919 + cast(days.day as bigint) * 104729 + service.id * 1299709) % 1000 * 12345678`;
  for (let start = 0; start < size.entities; start += STEP) {
    const ids = `entity.id > ${start + 10} and entity.id <= ${
      start + 10 + STEP
    }`;
    // Entity and resource have the same key here, so that one statement serves both tables.
    await knex.raw(`insert into entity_cost_daily
      (generation_id, entity_id, day, environment_id, ${KEYS}, ${AMOUNTS})
      ${days} select ${entities}, entity.id, days.day, 2, service.id, 1, 1, ${amount}, ${amount}
      from entity cross join days cross join service
      where ${ids} order by entity.id, days.day, service.id`);
    await knex.raw(`insert into resource_cost_daily
      (generation_id, resource_id, day, ${KEYS}, ${AMOUNTS})
      ${days} select ${resources}, entity.id, days.day, service.id, 1, 1, ${amount}, ${amount}
      from entity cross join days cross join service
      where ${ids} order by entity.id, days.day, service.id`);
  }
  await knex.raw(
    `insert into entity_cost_monthly
      (generation_id, entity_id, month, environment_id, ${KEYS}, ${AMOUNTS})
      select generation_id, entity_id, ?, environment_id, service_id, currency_id, charge_kind_id,
        sum(effective), sum(billed)
      from entity_cost_daily where generation_id = ? group by 1, 2, 4, 5, 6, 7`,
    [month, entities],
  );
}
