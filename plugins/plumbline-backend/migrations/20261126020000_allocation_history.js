// @ts-check

/**
 * Makes the allocation bitemporal: besides the days for which a row holds, when it was known. What is empty was
 * known before that was kept, and counts as always known.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('allocation', table => {
    table
      .datetime('known_from')
      .nullable()
      .comment('Since when the row is as it is; empty: always');
  });
  await knex.schema.alterTable('resource', table => {
    table
      .datetime('known_from')
      .nullable()
      .comment(
        'When a bill with a line of it was first read; empty: before that was kept',
      );
  });

  await knex.schema.createTable('allocation_history', table => {
    table.comment(
      'Rows of allocation that were removed, cut or replaced, for closed months',
    );
    table.increments('id').primary();
    table
      .integer('resource_id')
      .notNullable()
      .references('id')
      .inTable('resource')
      .onDelete('CASCADE');
    table.integer('from_day').notNullable().comment('Inclusive');
    table.integer('to_day').notNullable().comment('Exclusive');
    table.integer('entity_id').notNullable().references('id').inTable('entity');
    table
      .integer('environment_id')
      .notNullable()
      .references('id')
      .inTable('environment');
    table.string('matched_by', 32).notNullable();
    table.datetime('known_from').nullable().comment('Inclusive; empty: always');
    table.datetime('known_to').notNullable().comment('Exclusive');
    table.index(['resource_id'], 'allocation_history_resource_idx');
    table.index(['entity_id'], 'allocation_history_entity_idx');
  });

  await knex.schema.createTable('entity_absence', table => {
    table.comment(
      'When entities that are in the catalog again were not in it, for closed months',
    );
    table.increments('id').primary();
    table
      .integer('entity_id')
      .notNullable()
      .references('id')
      .inTable('entity')
      .onDelete('CASCADE');
    table.datetime('removed_at').notNullable().comment('Inclusive');
    table.datetime('returned_at').notNullable().comment('Exclusive');
    table.index(['entity_id'], 'entity_absence_entity_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('entity_absence');
  await knex.schema.dropTable('allocation_history');
  for (const name of ['resource', 'allocation']) {
    await knex.schema.alterTable(name, table => {
      table.dropColumn('known_from');
    });
  }
};
