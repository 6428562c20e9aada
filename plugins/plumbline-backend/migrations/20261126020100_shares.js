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
  await knex.schema.createTable('share_rule', table => {
    table.comment(
      'Rules that share cost out, each version for its days and with the time for which it was known',
    );
    table.increments('id').primary();
    table
      .string('rule_key', 600)
      .notNullable()
      .comment('Whose cost it shares out, or the name of the split');
    table
      .integer('position')
      .notNullable()
      .comment('Of splits the first that matches counts');
    table
      .integer('from_day')
      .notNullable()
      .comment('Inclusive; -2147483648 for all time before');
    table
      .integer('to_day')
      .notNullable()
      .comment('Exclusive; 2147483647 while it holds');
    table.text('content').notNullable().comment('JSON of the rule');
    table.datetime('known_from').notNullable();
    table
      .datetime('known_to')
      .nullable()
      .comment('Exclusive; empty while it stands');
    table.index(['rule_key'], 'share_rule_key_idx');
  });

  await createClustered(knex, 'entity_share_monthly', table => {
    table.comment(
      'What entities bear of others’ cost by a rule, and what of theirs stayed with them: parts of entity_cost_monthly',
    );
    table.integer('generation_id').notNullable();
    table.integer('entity_id').notNullable().comment('Who bears it');
    table.string('month', 7).notNullable().comment('Of the charge, YYYY-MM');
    table.integer('environment_id').notNullable();
    table
      .integer('from_entity_id')
      .notNullable()
      .comment('Whose it was: an entity, or one of the buckets');
    table.integer('rule_id').notNullable();
    table.integer('currency_id').notNullable();
    table
      .string('state', 16)
      .notNullable()
      .comment(
        'shared; kept (its own part); or why it stayed: no-usage, no-consumer, consumer-gone',
      );
    table
      .string('weight', 96)
      .notNullable()
      .comment('Decimal; of weight_total');
    table
      .string('weight_total', 96)
      .notNullable()
      .comment('0 where there is no single weight');
    table.bigInteger('effective').notNullable().comment('nanos');
    table.bigInteger('billed').notNullable().comment('nanos');
    table.primary([
      'generation_id',
      'entity_id',
      'month',
      'environment_id',
      'from_entity_id',
      'rule_id',
      'currency_id',
      'state',
    ]);
  });
  await knex.schema.alterTable('entity_share_monthly', table => {
    table.index(
      ['generation_id', 'from_entity_id'],
      'entity_share_monthly_from_idx',
    );
  });

  await knex.schema.alterTable('repository_file', table => {
    table
      .text('shares')
      .nullable()
      .comment('JSON: how entities’ cost is shared out, by entity ref');
  });
  // What is there already was read without a look at shares.
  await knex('repository_file').update({ etag: null });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('repository_file', table => {
    table.dropColumn('shares');
  });
  await knex.schema.dropTable('entity_share_monthly');
  await knex.schema.dropTable('share_rule');
};
