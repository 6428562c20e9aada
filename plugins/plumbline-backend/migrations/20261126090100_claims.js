// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('claim', table => {
    table.comment('Proposals that resources nobody has belong to an entity');
    table.increments('id').primary();
    table.integer('entity_id').notNullable().references('id').inTable('entity');
    table.string('proposed_by', 512).notNullable().comment('User entity ref');
    table.datetime('proposed_at').notNullable();
    table.text('note').nullable();
    table
      .text('filters')
      .nullable()
      .comment(
        'JSON: what the resources were found by, where they were not chosen one by one',
      );
    table
      .string('state', 16)
      .notNullable()
      .comment(
        'Of the latest event: open, accepted, declined, withdrawn, superseded or done',
      );
    table
      .string('open_key', 64)
      .nullable()
      .unique()
      .comment(
        'SHA-256 of entity and resources while it is open or accepted: nothing is proposed twice',
      );
    table.index(['state', 'id'], 'claim_state_idx');
    table.index(['entity_id'], 'claim_entity_idx');
    table.index(['proposed_by'], 'claim_proposer_idx');
  });

  await knex.schema.createTable('claim_resource', table => {
    table
      .integer('claim_id')
      .notNullable()
      .references('id')
      .inTable('claim')
      .onDelete('CASCADE');
    table
      .integer('resource_id')
      .notNullable()
      .references('id')
      .inTable('resource')
      .onDelete('CASCADE');
    table.primary(['claim_id', 'resource_id']);
    table.index(['resource_id'], 'claim_resource_resource_idx');
  });

  await knex.schema.createTable('claim_event', table => {
    table.comment('What became of claims; rows are only ever added');
    table.increments('id').primary();
    table
      .integer('claim_id')
      .notNullable()
      .references('id')
      .inTable('claim')
      .onDelete('CASCADE');
    table.string('state', 16).notNullable();
    table
      .string('actor', 512)
      .nullable()
      .comment('User entity ref; absent where Plumbline saw it happen');
    table.text('note').nullable();
    table.datetime('at').notNullable();
    table.index(['claim_id'], 'claim_event_claim_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of ['claim_event', 'claim_resource', 'claim']) {
    await knex.schema.dropTable(table);
  }
};
