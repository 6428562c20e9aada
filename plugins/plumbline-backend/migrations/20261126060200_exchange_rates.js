// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('exchange_rate', table => {
    table.comment(
      'Rates that figures are converted by, as the operator gives them',
    );
    table.string('from_code', 3).notNullable();
    table.string('to_code', 3).notNullable();
    table
      .integer('day')
      .notNullable()
      .comment('Of publication; it holds until the next one');
    table
      .string('rate', 64)
      .notNullable()
      .comment('Decimal: how many of to_code one of from_code is');
    table.primary(['from_code', 'to_code', 'day']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('exchange_rate');
};
