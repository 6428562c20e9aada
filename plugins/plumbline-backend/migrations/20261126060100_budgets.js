// @ts-check

/**
 * Budgets as last evaluated. Amounts are exact decimal strings: nobody adds them up.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('repository_file', table => {
    table
      .text('figures')
      .nullable()
      .comment(
        'JSON: budgets and metrics by entity ref, as last read with success',
      );
  });

  // Without it, a file that has not changed would never be read again, and its budgets never found.
  await knex('repository_file').update({ etag: null });

  await knex.schema.createTable('budget', table => {
    table.comment('Budgets, and how each stands, as last evaluated');
    table
      .string('id', 64)
      .primary()
      .comment('SHA-256 of who set it and what it is for');
    table
      .integer('entity_id')
      .notNullable()
      .references('id')
      .inTable('entity')
      .onDelete('CASCADE');
    table.text('definition').notNullable().comment('JSON, as somebody set it');
    table.integer('period_from').notNullable().comment('Day, inclusive');
    table.integer('period_to').notNullable().comment('Day, exclusive');
    table.string('state', 16).notNullable();
    table.text('reason').notNullable();
    table.string('spent', 64).nullable().comment('Decimal');
    table.string('daily_rate', 64).nullable().comment('Decimal');
    table.string('projected', 64).nullable().comment('Decimal');
    table.integer('exceeded_on').nullable().comment('Day');
    table.integer('data_through').nullable().comment('Day');
    table
      .integer('days_considered')
      .notNullable()
      .comment('Complete days that the rate is the mean of');
    table
      .integer('members')
      .nullable()
      .comment('Entities counted; empty where it is the entity alone');
    table
      .text('other_currencies')
      .notNullable()
      .comment('JSON array: currencies that it does not count');
    table.datetime('evaluated_at').notNullable();
    table.index(['entity_id'], 'budget_entity_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('budget');
  await knex.schema.alterTable('repository_file', table => {
    table.dropColumn('figures');
  });
};
