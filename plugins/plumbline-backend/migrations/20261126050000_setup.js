// @ts-check

/**
 * What the setup page reads: pauses, failed months, coverage by account, states of infrastructure as code, and
 * suggested bindings.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('source', table => {
    table
      .datetime('paused_at')
      .nullable()
      .comment('Since when an administrator lets it rest');
    table.string('paused_by', 512).nullable().comment('Who that was');
  });
  await knex.schema.alterTable('collection_run', table => {
    table
      .text('failed_partitions')
      .nullable()
      .comment('JSON array of the months that were not taken');
  });
  await knex.schema.alterTable('repository_file', table => {
    table
      .string('repository', 512)
      .nullable()
      .comment('host/owner/name, to tell people which one it is');
  });

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

  await knex.schema.createTable('iac_state', table => {
    table.comment('State files of infrastructure as code, as last read');
    table.string('name', 128).primary();
    table.string('etag', 255).nullable();
    table
      .text('problem')
      .nullable()
      .comment('Why the last reading failed, with what to do');
    table.datetime('read_at').notNullable();
    table.integer('resources').notNullable().defaultTo(0);
  });
  await knex.schema.createTable('iac_state_resource', table => {
    table.comment(
      'What a state file manages: address, type and cloud id, and nothing else of it',
    );
    table
      .string('state', 128)
      .notNullable()
      .references('name')
      .inTable('iac_state')
      .onDelete('CASCADE');
    table
      .string('id_hash', 64)
      .notNullable()
      .comment('SHA-256 of the cloud id');
    table.text('address').notNullable();
    table.string('type', 128).notNullable();
    table.primary(['state', 'id_hash']);
    table.index(['id_hash'], 'iac_state_resource_id_idx');
  });

  await knex.schema.createTable('binding_suggestion', table => {
    table.comment(
      'Entities that resources without one probably belong to; a person decides',
    );
    table.increments('id').primary();
    table
      .integer('resource_id')
      .notNullable()
      .references('id')
      .inTable('resource')
      .onDelete('CASCADE');
    table
      .integer('entity_id')
      .notNullable()
      .references('id')
      .inTable('entity')
      .onDelete('CASCADE');
    table
      .string('confidence', 16)
      .notNullable()
      .comment("'state', 'tag' or 'name': the most certain first");
    table.text('reason').notNullable();
    table
      .boolean('ambiguous')
      .notNullable()
      .comment('Whether others are as likely');
    table
      .text('costs')
      .notNullable()
      .comment('JSON: nanos of the last 30 days by currency');
    table
      .bigInteger('weight')
      .notNullable()
      .comment('The largest of them, to sort by');
    table
      .integer('pass')
      .notNullable()
      .comment('Of the task that last found it');
    table.unique(['resource_id', 'entity_id']);
    table.index(['pass'], 'binding_suggestion_pass_idx');
    table.index(['entity_id'], 'binding_suggestion_entity_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'binding_suggestion',
    'iac_state_resource',
    'iac_state',
    'account_coverage',
    'coverage_partition',
  ]) {
    await knex.schema.dropTable(table);
  }
  await knex.schema.alterTable('repository_file', table => {
    table.dropColumn('repository');
  });
  await knex.schema.alterTable('collection_run', table => {
    table.dropColumn('failed_partitions');
  });
  await knex.schema.alterTable('source', table => {
    table.dropColumn('paused_at');
    table.dropColumn('paused_by');
  });
};
