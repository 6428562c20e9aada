// @ts-check

/**
 * How much of each account's cost could be given to entities, so that the setup page need not add it up.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('coverage_partition', table => {
    table.comment(
      'For which state of a partition account_coverage was worked out',
    );
    table
      .integer('partition_id')
      .primary()
      .references('id')
      .inTable('cost_partition')
      .onDelete('CASCADE');
    table.integer('resource_generation').notNullable();
    table.integer('entity_generation').notNullable();
    table
      .string('proofs', 64)
      .notNullable()
      .comment('Stands for which links were confirmed at that time');
    table.datetime('computed_at').notNullable();
  });
  await knex.schema.createTable('account_coverage', table => {
    table.comment(
      'Effective cost of a billing month by account, as far as it could be given to entities',
    );
    table
      .integer('partition_id')
      .notNullable()
      .references('id')
      .inTable('cost_partition')
      .onDelete('CASCADE');
    table
      .integer('account_id')
      .notNullable()
      .references('id')
      .inTable('account');
    table
      .integer('currency_id')
      .notNullable()
      .references('id')
      .inTable('currency');
    table
      .string('part', 16)
      .notNullable()
      .comment("'proven', 'claimed', 'shared' or 'unallocated'");
    table.bigInteger('effective').notNullable().comment('nanos');
    table
      .integer('resources')
      .notNullable()
      .comment('Resources with an id, each counted in one part');
    table.primary(['partition_id', 'account_id', 'currency_id', 'part']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('account_coverage');
  await knex.schema.dropTable('coverage_partition');
};
