// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('closed_month', table => {
    table.comment(
      'Months that were stated: what belongs to whom in them is as it was known when they were closed',
    );
    table.string('month', 7).primary().comment('YYYY-MM');
    table.datetime('closed_at').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('closed_month');
};
