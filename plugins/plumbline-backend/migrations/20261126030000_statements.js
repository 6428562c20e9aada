// @ts-check

/**
 * Creates a table whose rows lie in the order of the primary key. PostgreSQL has no such tables; there the
 * order of writing has to do.
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
  await knex.schema.createTable('statement', table => {
    table.comment(
      'What a closed month was stated to cost, and each later change to that; nobody sees one without a number',
    );
    table.increments('id').primary();
    table.string('month', 7).notNullable().comment('Billing month, YYYY-MM');
    table
      .integer('number')
      .nullable()
      .comment('0 at closing, n for restatement n; null while it is prepared');
    table
      .string('ticket', 64)
      .notNullable()
      .comment(
        'Of who prepares it; empty once it is given up, so that it can never be published',
      );
    table.datetime('prepared_at').notNullable();
    table.datetime('stated_at').nullable();
    table
      .string('occasion', 16)
      .notNullable()
      .comment("'schedule', 'history', 'hand' or 'restatement'");
    table
      .string('stated_by', 512)
      .nullable()
      .comment('Who closed it by hand, as entity reference');
    table
      .text('reason')
      .nullable()
      .comment('Why it was closed by hand although incomplete');
    table
      .text('obstacles')
      .notNullable()
      .comment('JSON array: what was incomplete, in sentences');
    table
      .text('causes')
      .notNullable()
      .comment('JSON array: the sources it is of, and what each did');
    table
      .text('totals')
      .notNullable()
      .comment('JSON array: sums of its lines per currency, as decimals');
    table.unique(['month', 'number']);
  });

  await createClustered(knex, 'statement_line', table => {
    table.comment(
      'Amounts of a statement; of a restatement only the differences. Never changed once published',
    );
    table.integer('statement_id').notNullable();
    table.integer('entity_id').notNullable();
    table.integer('environment_id').notNullable();
    table.integer('service_id').notNullable();
    table.integer('currency_id').notNullable();
    table.integer('charge_kind_id').notNullable();
    table.bigInteger('effective').notNullable().comment('nanos');
    table.bigInteger('billed').notNullable().comment('nanos');
    table.primary([
      'statement_id',
      'entity_id',
      'environment_id',
      'service_id',
      'currency_id',
      'charge_kind_id',
    ]);
  });

  await createClustered(knex, 'statement_entity', table => {
    table.comment(
      'Entities and buckets as they were when the month first named them',
    );
    table.integer('statement_id').notNullable();
    table.integer('entity_id').notNullable();
    table.string('ref', 512).notNullable();
    table.string('kind', 64).notNullable();
    table.text('title').nullable();
    table.string('owner_ref', 512).nullable();
    table.string('system_ref', 512).nullable();
    table.string('domain_ref', 512).nullable();
    table.primary(['statement_id', 'entity_id']);
  });

  await createClustered(knex, 'stated_partition', table => {
    table.comment(
      'Up to which delivery of each source a closed month and its restatements go',
    );
    table.string('month', 7).notNullable();
    table.integer('source_id').notNullable();
    table.integer('entity_generation').notNullable();
    table.string('fingerprint', 255).nullable();
    table
      .boolean('has_rows')
      .notNullable()
      .comment('A delivery without any is not taken as zero');
    table.primary(['month', 'source_id']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'stated_partition',
    'statement_entity',
    'statement_line',
    'statement',
  ]) {
    await knex.schema.dropTable(table);
  }
};
