// @ts-check

/**
 * Business metrics by day. Values are BIGINT millionths; rows belong to a generation, and a partition points at the
 * one that readers see, as costs do.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('usage_metric', table => {
    table.comment('Names of business metrics, such as requests');
    table.increments('id').primary();
    table.string('name', 128).notNullable().unique();
  });

  await knex.schema.createTable('usage_subject', table => {
    table.comment(
      'Entities that a source has values of, whether the catalog knows them or not',
    );
    table.increments('id').primary();
    table
      .string('ref', 512)
      .notNullable()
      .unique()
      .comment('kind:namespace/name, lower case');
  });

  await knex.schema.createTable('usage_partition', table => {
    table.comment(
      'One month of one usage source, and the generation that readers see',
    );
    table.increments('id').primary();
    table
      .integer('source_id')
      .notNullable()
      .references('id')
      .inTable('source')
      .onDelete('CASCADE');
    table.string('month', 7).notNullable();
    table.integer('generation').nullable().comment('Live rows of usage_daily');
    table.string('fingerprint', 255).nullable();
    table.integer('data_through').nullable();
    table.bigInteger('rows_read').nullable();
    table.datetime('published_at').nullable();
    table.unique(['source_id', 'month']);
  });

  await knex.schema.createTable('usage_generation', table => {
    table.comment(
      'A set of usage rows written together; rows of a generation that no partition points at are swept',
    );
    table.increments('id').primary();
    table
      .integer('partition_id')
      .notNullable()
      .references('id')
      .inTable('usage_partition')
      .onDelete('CASCADE');
    table
      .string('ticket', 64)
      .notNullable()
      .comment(
        'Of the slice that writes it; empty once it is given up, so that it can never be published',
      );
    table.datetime('created_at').notNullable();
    table.index(['partition_id'], 'usage_generation_partition_idx');
  });

  const daily = knex.schema.createTable('usage_daily', table => {
    table.integer('generation_id').notNullable();
    table.integer('subject_id').notNullable();
    table.integer('metric_id').notNullable();
    table.integer('day').notNullable();
    table.bigInteger('value').notNullable().comment('millionths');
    table.primary(['generation_id', 'subject_id', 'metric_id', 'day']);
  });
  await (knex.client.config.client === 'pg'
    ? daily
    : knex.raw(`${daily.toString()} without rowid`));
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'usage_daily',
    'usage_generation',
    'usage_partition',
    'usage_subject',
    'usage_metric',
  ]) {
    await knex.schema.dropTable(table);
  }
};
