// @ts-check

/**
 * The newest day that an account was charged for. What was worked out before has none, and is worked out again
 * where its days are still there.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('account_coverage', table => {
    table
      .integer('last_day')
      .comment('Newest day with a charge; null where it was not noted');
  });
  // No generation has this number, so that each is due.
  await knex('coverage_partition').update({ resource_generation: -1 });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  // Not by Knex, which makes SQLite's tables anew to drop a column.
  await knex.raw('alter table account_coverage drop column last_day');
};
