// @ts-check

/**
 * Where figures came from, and the totals that people read on the paper invoice.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('resource_cost_daily', table => {
    table
      .integer('lines')
      .nullable()
      .comment('Lines of the export that the row adds up; null: not recorded');
  });
  await knex.schema.alterTable('cost_partition', table => {
    table
      .text('origins')
      .nullable()
      .comment(
        'JSON: the files or queries it was read from, and how a person reads them',
      );
    table
      .text('invoices')
      .nullable()
      .comment(
        'JSON array: billed by invoice as the export names it; null: it names none',
      );
  });
  await knex.schema.createTable('invoice_entry', table => {
    table.comment(
      'Invoice totals as people read them on paper; rows are only ever added, the newest of an invoice counts',
    );
    table.increments('id').primary();
    table
      .integer('source_id')
      .notNullable()
      .references('id')
      .inTable('source')
      .onDelete('CASCADE');
    table.string('month', 7).notNullable().comment('Billing month, YYYY-MM');
    table.string('currency', 16).notNullable();
    table
      .string('invoice_id', 255)
      .notNullable()
      .comment('Empty: the total of all invoices of the month');
    table
      .bigInteger('amount')
      .nullable()
      .comment('nanos; null: the entry before it was withdrawn');
    table.text('note').notNullable();
    table.string('entered_by', 512).notNullable().comment('Entity ref');
    table.datetime('entered_at').notNullable();
    table.index(
      ['source_id', 'month', 'currency', 'invoice_id'],
      'invoice_entry_month_idx',
    );
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('invoice_entry');
  // Not by Knex, which makes SQLite's tables anew to drop a column.
  await knex.raw('alter table cost_partition drop column invoices');
  await knex.raw('alter table cost_partition drop column origins');
  await knex.raw('alter table resource_cost_daily drop column lines');
};
