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
 * Keeps what entities bear of others’ cost by day, service and kind of charge as well, so that a figure of any
 * days can be told apart from its own rows.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await createClustered(knex, 'entity_share_daily', table => {
    table.comment(
      'What entities bear of others’ cost by a rule: parts of entity_cost_daily that no row of theirs makes up',
    );
    table.integer('generation_id').notNullable();
    table.integer('entity_id').notNullable().comment('Who bears it');
    table.integer('day').notNullable();
    table
      .integer('from_entity_id')
      .notNullable()
      .comment('Whose it was: another entity, or one of the buckets');
    table.integer('rule_id').notNullable();
    table.integer('environment_id').notNullable();
    table.integer('service_id').notNullable();
    table.integer('currency_id').notNullable();
    table.integer('charge_kind_id').notNullable();
    table.bigInteger('effective').notNullable().comment('nanos');
    table.bigInteger('billed').notNullable().comment('nanos');
    table.primary([
      'generation_id',
      'entity_id',
      'day',
      'from_entity_id',
      'rule_id',
      'environment_id',
      'service_id',
      'currency_id',
      'charge_kind_id',
    ]);
  });
  // Buckets give to everybody, and nobody asks what they gave.
  await knex.raw(
    `create index entity_share_daily_from_idx on entity_share_daily (generation_id, from_entity_id)
     where from_entity_id > 2`,
  );
  await knex.schema.alterTable('entity_share_monthly', table => {
    table
      .integer('dated')
      .nullable()
      .comment(
        'How entity_share_daily dates it: 1 to the day of the charge, 0 to the first of the month; empty where it has none',
      );
  });
  // Open months are made anew, and get their days with it.
  await knex.raw(
    `update cost_partition set bindings_version = -1
     where entity_generation in (select generation_id from entity_share_monthly)`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('entity_share_monthly', table => {
    table.dropColumn('dated');
  });
  await knex.schema.dropTable('entity_share_daily');
};
