// @ts-check

/**
 * Creates a table whose rows lie in the order of the primary key; see the first migration.
 *
 * @param {import('knex').Knex} knex
 * @param {string} name
 * @param {(table: import('knex').Knex.CreateTableBuilder) => void} define
 */
async function createClustered(knex, name, define) {
  const create = knex.schema.createTable(name, define);
  await (knex.client.config.client === 'pg'
    ? create
    : knex.raw(`${create.toString()} without rowid`));
}

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await createClustered(knex, 'entity_cost_summary', table => {
    table.comment(
      'Sums of entity_cost_monthly over services and kinds of charge: what pages of many entities read',
    );
    table.integer('generation_id').notNullable();
    table.integer('entity_id').notNullable();
    table.string('month', 7).notNullable().comment('Of the charge, YYYY-MM');
    table.integer('environment_id').notNullable();
    table.integer('currency_id').notNullable();
    table.bigInteger('effective').notNullable().comment('nanos');
    table.bigInteger('billed').notNullable().comment('nanos');
    table.primary([
      'generation_id',
      'entity_id',
      'month',
      'environment_id',
      'currency_id',
    ]);
  });
  // Generations from before have their rows from now on.
  await knex.raw(
    `insert into entity_cost_summary
       (generation_id, entity_id, month, environment_id, currency_id, effective, billed)
     select generation_id, entity_id, month, environment_id, currency_id, sum(effective), sum(billed)
     from entity_cost_monthly
     group by generation_id, entity_id, month, environment_id, currency_id`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('entity_cost_summary');
};
