// @ts-check

const DAYS = Array.from({ length: 31 }, (_, index) =>
  String(index + 1).padStart(2, '0'),
);

/**
 * What cost that belongs to no entity consists of, resource by resource. A row holds a month as running totals
 * by its days: whatever days are asked for, each row costs one subtraction.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const create = knex.schema.createTable('bucket_cost', table => {
    table.comment(
      'Unallocated and shared cost by resource, as running totals by the day of the month',
    );
    table.integer('generation_id').notNullable().comment('Of the entity rows');
    table
      .integer('entity_id')
      .notNullable()
      .comment('The bucket: 1 unallocated, 2 shared');
    table.string('month', 7).notNullable().comment('Of the charge');
    table.integer('resource_id').notNullable();
    table.integer('service_id').notNullable();
    table.integer('currency_id').notNullable();
    table.integer('charge_kind_id').notNullable();
    table
      .integer('days')
      .notNullable()
      .comment('Bit n is set where there is a charge on day n + 1');
    for (const basis of ['effective', 'billed']) {
      for (const day of DAYS) {
        table
          .bigInteger(`${basis}_${day}`)
          .notNullable()
          .comment('nanos from the first of the month through this day');
      }
    }
    table.primary([
      'generation_id',
      'entity_id',
      'month',
      'resource_id',
      'service_id',
      'currency_id',
      'charge_kind_id',
    ]);
  });
  await (knex.client.config.client === 'pg'
    ? create
    : knex.raw(`${create.toString()} without rowid`));
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('bucket_cost');
};
