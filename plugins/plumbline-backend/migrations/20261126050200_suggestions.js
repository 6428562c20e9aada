// @ts-check

/**
 * Who resources without an entity probably belong to: by their names and tags, and by the state files of
 * infrastructure as code that manage them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
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
      .integer('weight')
      .notNullable()
      .comment('Cents of the largest of them, to sort by');
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
  await knex.schema.dropTable('binding_suggestion');
  await knex.schema.dropTable('iac_state_resource');
  await knex.schema.dropTable('iac_state');
};
