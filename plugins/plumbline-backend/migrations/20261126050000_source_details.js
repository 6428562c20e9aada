// @ts-check

/**
 * What administrators see of sources and repositories: pauses, months that were not taken, names.
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
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
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
