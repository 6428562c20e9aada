// @ts-check

const PLACES = [
  ['account_coverage', 'effective_units'],
  ['invoice_entry', 'amount_units'],
];

/**
 * Sums of a month may be more than a BIGINT of nanos holds: twelve milliards of rupiahs are. Whole units go into a
 * column of their own, and the nanos beyond them into the one that was there.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  for (const [table, column] of PLACES) {
    await knex.schema.alterTable(table, builder => {
      builder
        .bigInteger(column)
        .notNullable()
        .defaultTo(0)
        .comment('Whole units of the currency, beside the nanos');
    });
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const [table, column] of PLACES) {
    // Not by Knex, which makes SQLite's tables anew to drop a column.
    await knex.raw(`alter table ${table} drop column ${column}`);
  }
};
