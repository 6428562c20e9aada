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
 * Days are integers since 1970-01-01 UTC, months are `YYYY-MM`, money is BIGINT nanos (10⁻⁹ of the
 * currency's unit). Dimensions have integer keys. Cost rows belong to a generation; a partition points
 * at the generations that readers see.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('entity', table => {
    table.comment(
      'Catalog entities as last polled, and the two buckets of cost that belong to none',
    );
    table.increments('id').primary();
    table
      .string('ref', 512)
      .notNullable()
      .unique()
      .comment('kind:namespace/name, lower case');
    table
      .string('kind', 64)
      .notNullable()
      .comment("'bucket' for the two rows that are no entity");
    table.text('title').nullable();
    table.string('owner_ref', 512).nullable();
    table.string('system_ref', 512).nullable();
    table.string('domain_ref', 512).nullable();
    table
      .string('etag', 255)
      .nullable()
      .comment('Of the catalog, to see changes');
    table
      .text('claims')
      .nullable()
      .comment('JSON: what its annotations and locations claim');
    table
      .text('unresolved')
      .nullable()
      .comment('JSON: claims that name nothing known, with the reason');
    table.datetime('first_seen_at').notNullable();
    table.datetime('removed_at').nullable();
    table.index(['owner_ref'], 'entity_owner_idx');
    table.index(['system_ref'], 'entity_system_idx');
    table.index(['domain_ref'], 'entity_domain_idx');
  });

  await knex.schema.createTable('entity_dependency', table => {
    table.comment('dependsOn relations between entities');
    table
      .integer('entity_id')
      .notNullable()
      .references('id')
      .inTable('entity')
      .onDelete('CASCADE');
    table.string('depends_on_ref', 512).notNullable();
    table.primary(['entity_id', 'depends_on_ref']);
    table.index(['depends_on_ref'], 'entity_dependency_ref_idx');
  });

  await knex.schema.createTable('environment', table => {
    table.increments('id').primary();
    table.string('name', 64).notNullable().unique();
  });

  await knex.schema.createTable('account', table => {
    table.comment('Billing sub-accounts, subscriptions and projects');
    table.increments('id').primary();
    table.string('provider', 64).notNullable();
    table.string('native_id', 255).notNullable();
    table.text('name').nullable();
    table.unique(['provider', 'native_id']);
  });

  await knex.schema.createTable('resource', table => {
    table.comment(
      'Things the bill has lines for; one row with an empty native_id per account for charges that name none',
    );
    table.increments('id').primary();
    table
      .integer('account_id')
      .notNullable()
      .references('id')
      .inTable('account');
    table
      .string('resource_key', 64)
      .notNullable()
      .unique()
      .comment(
        'SHA-256 of provider and id (and account, where the id is empty)',
      );
    table.text('native_id').notNullable();
    table.text('name').nullable();
    table.string('type', 255).nullable();
    table.string('region', 64).nullable();
    table.text('tags').notNullable().comment('JSON object of the latest line');
    table.datetime('first_seen_at').notNullable();
    table.datetime('last_seen_at').notNullable();
    table.index(['account_id'], 'resource_account_idx');
  });

  await knex.schema.createTable('service', table => {
    table.increments('id').primary();
    table.string('provider', 64).notNullable();
    table.string('name', 255).notNullable();
    table.string('category', 128).nullable();
    table.unique(['provider', 'name']);
  });

  await knex.schema.createTable('currency', table => {
    table.increments('id').primary();
    table.string('code', 16).notNullable().unique();
  });

  await knex.schema.createTable('charge_kind', table => {
    table.comment(
      'Combinations of FOCUS ChargeCategory, ChargeClass and CommitmentDiscountStatus',
    );
    table.increments('id').primary();
    table.string('category', 32).notNullable();
    table.boolean('correction').notNullable();
    table
      .string('commitment', 16)
      .notNullable()
      .comment("'', 'Used' or 'Unused'");
    table.unique(['category', 'correction', 'commitment']);
  });

  await knex.schema.createTable('source', table => {
    table.comment(
      'Every source that was ever registered, and the ticket of the slice that may write',
    );
    table.increments('id').primary();
    table.string('source_id', 255).notNullable().unique();
    table.string('domain', 32).notNullable();
    table
      .string('ticket', 64)
      .nullable()
      .comment(
        'Held by the slice at work; a slice that lost it cannot publish',
      );
    table.datetime('ticket_taken_at').nullable();
    table.datetime('last_success_at').nullable();
    table
      .datetime('retired_at')
      .nullable()
      .comment(
        'Since when it is no longer set up: its figures are not counted',
      );
  });

  await knex.schema.createTable('collection_run', table => {
    table.increments('id').primary();
    table
      .integer('source_id')
      .notNullable()
      .references('id')
      .inTable('source')
      .onDelete('CASCADE');
    table.string('state', 32).notNullable();
    table.string('window_from', 7).notNullable();
    table.string('window_to', 7).notNullable();
    table.text('cursor').nullable();
    table.integer('slices').notNullable().defaultTo(0);
    table
      .integer('attempts')
      .notNullable()
      .defaultTo(0)
      .comment('Of the slice at work');
    table.integer('partitions_published').notNullable().defaultTo(0);
    table.integer('partitions_unchanged').notNullable().defaultTo(0);
    table.integer('partitions_failed').notNullable().defaultTo(0);
    table
      .bigInteger('row_count')
      .notNullable()
      .defaultTo(0)
      .comment('Lines of the export that were taken');
    table.integer('paid_calls').notNullable().defaultTo(0);
    table
      .text('problems')
      .notNullable()
      .comment('JSON array of the first SourceProblems');
    table
      .integer('problem_count')
      .notNullable()
      .defaultTo(0)
      .comment('Of all problems, kept or not');
    table.datetime('started_at').notNullable();
    table.datetime('finished_at').nullable();
    table.index(['source_id', 'started_at'], 'collection_run_source_idx');
  });

  await knex.schema.createTable('paid_call', table => {
    table
      .integer('source_id')
      .notNullable()
      .references('id')
      .inTable('source')
      .onDelete('CASCADE');
    table.integer('day').notNullable();
    table.integer('calls').notNullable();
    table.primary(['source_id', 'day']);
  });

  await knex.schema.createTable('cost_partition', table => {
    table.comment(
      'One billing month of one source, and the generations that readers see',
    );
    table.increments('id').primary();
    table
      .integer('source_id')
      .notNullable()
      .references('id')
      .inTable('source')
      .onDelete('CASCADE');
    table.string('month', 7).notNullable();
    table
      .integer('resource_generation')
      .nullable()
      .comment('Live rows of resource_cost_daily');
    table
      .integer('entity_generation')
      .nullable()
      .comment('Live rows of entity_cost_daily and _monthly');
    table.string('fingerprint', 255).nullable();
    table.integer('first_day').nullable();
    table
      .integer('first_usage_day')
      .nullable()
      .comment(
        'Of usage that is no correction; fees are dated to the first of their month',
      );
    table.integer('last_day').nullable().comment('Inclusive');
    table.integer('data_through').nullable();
    table.bigInteger('rows_read').nullable();
    table
      .text('totals')
      .nullable()
      .comment('JSON array of exact totals per currency');
    table.datetime('published_at').nullable();
    table
      .integer('bindings_version')
      .nullable()
      .comment('Of the allocation that the entity rows were made with');
    table.unique(['source_id', 'month']);
  });

  await knex.schema.createTable('generation', table => {
    table.comment(
      'A set of rows written together; rows of a generation that no partition points at are swept',
    );
    table.increments('id').primary();
    table
      .integer('partition_id')
      .notNullable()
      .references('id')
      .inTable('cost_partition')
      .onDelete('CASCADE');
    table
      .string('ticket', 64)
      .notNullable()
      .comment(
        'Of the slice that writes it; empty once it is given up, so that it can never be published',
      );
    table.datetime('created_at').notNullable();
    table.index(['partition_id'], 'generation_partition_idx');
  });

  await createClustered(knex, 'resource_cost_daily', table => {
    table.integer('generation_id').notNullable();
    table.integer('resource_id').notNullable();
    table.integer('day').notNullable();
    table.integer('service_id').notNullable();
    table.integer('currency_id').notNullable();
    table.integer('charge_kind_id').notNullable();
    table.bigInteger('effective').notNullable().comment('nanos');
    table.bigInteger('billed').notNullable().comment('nanos');
    table.primary([
      'generation_id',
      'resource_id',
      'day',
      'service_id',
      'currency_id',
      'charge_kind_id',
    ]);
  });

  await createClustered(knex, 'entity_cost_daily', table => {
    table.integer('generation_id').notNullable();
    table.integer('entity_id').notNullable();
    table.integer('day').notNullable();
    table.integer('environment_id').notNullable();
    table.integer('service_id').notNullable();
    table.integer('currency_id').notNullable();
    table.integer('charge_kind_id').notNullable();
    table.bigInteger('effective').notNullable().comment('nanos');
    table.bigInteger('billed').notNullable().comment('nanos');
    table.primary([
      'generation_id',
      'entity_id',
      'day',
      'environment_id',
      'service_id',
      'currency_id',
      'charge_kind_id',
    ]);
  });

  await createClustered(knex, 'entity_cost_monthly', table => {
    table.comment('Sums of entity_cost_daily by month of the charge');
    table.integer('generation_id').notNullable();
    table.integer('entity_id').notNullable();
    table.string('month', 7).notNullable();
    table.integer('environment_id').notNullable();
    table.integer('service_id').notNullable();
    table.integer('currency_id').notNullable();
    table.integer('charge_kind_id').notNullable();
    table.bigInteger('effective').notNullable().comment('nanos');
    table.bigInteger('billed').notNullable().comment('nanos');
    table.primary([
      'generation_id',
      'entity_id',
      'month',
      'environment_id',
      'service_id',
      'currency_id',
      'charge_kind_id',
    ]);
  });

  await knex.schema.createTable('binding', table => {
    table.comment(
      'entity ↔ external thing, with how it was found and what proves it',
    );
    table.increments('id').primary();
    table
      .integer('entity_id')
      .notNullable()
      .references('id')
      .inTable('entity')
      .onDelete('CASCADE');
    table
      .string('binding_key', 64)
      .notNullable()
      .comment('SHA-256 of target and matchedBy');
    table.string('target_kind', 32).notNullable();
    table
      .integer('resource_id')
      .nullable()
      .references('id')
      .inTable('resource');
    table.text('target').notNullable().comment('JSON of the target');
    table
      .integer('environment_id')
      .notNullable()
      .references('id')
      .inTable('environment');
    table.string('matched_by', 32).notNullable();
    table.string('proof', 16).notNullable();
    table.text('proof_reason').notNullable();
    table.text('contested_by').nullable().comment('JSON array of entity refs');
    table.datetime('valid_from').nullable();
    table.datetime('valid_to').nullable();
    table.index(['entity_id', 'valid_to'], 'binding_entity_idx');
    table.index(['resource_id'], 'binding_resource_idx');
  });

  await knex.schema.createTable('allocation', table => {
    table.comment(
      'Which one entity a resource’s cost belongs to, by day; a resource without a row is unallocated',
    );
    table
      .integer('resource_id')
      .notNullable()
      .references('id')
      .inTable('resource')
      .onDelete('CASCADE');
    table
      .integer('from_day')
      .notNullable()
      .comment('Inclusive; -2147483648 for all time before');
    table
      .integer('to_day')
      .notNullable()
      .comment('Exclusive; 2147483647 while it holds');
    table.integer('entity_id').notNullable().references('id').inTable('entity');
    table
      .integer('environment_id')
      .notNullable()
      .references('id')
      .inTable('environment');
    table
      .string('matched_by', 32)
      .notNullable()
      .comment(
        'How it was found; account: took the rest of an account, also by the operator’s map',
      );
    table.primary(['resource_id', 'from_day']);
    table.index(['entity_id'], 'allocation_entity_idx');
  });

  await knex.schema.createTable('repository_file', table => {
    table.comment('What .plumbline.yaml of each claimed repository last said');
    table
      .string('repository_key', 64)
      .primary()
      .comment('SHA-256 of host and repository, lower case');
    table.string('etag', 255).nullable();
    table
      .text('assignments')
      .nullable()
      .comment('JSON: paths by entity ref, as last read with success');
    table
      .text('problem')
      .nullable()
      .comment('Why the last reading failed, with what to do');
    table.datetime('read_at').notNullable();
  });

  await knex.schema.createTable('plumbline_state', table => {
    table.comment(
      'Single values: bindings_version, catalog_polled_at, catalog_error',
    );
    table.string('key', 64).primary();
    table.text('value').notNullable();
  });

  const now = new Date();
  await knex('entity').insert([
    { id: 1, ref: 'plumbline:unallocated', kind: 'bucket', first_seen_at: now },
    { id: 2, ref: 'plumbline:shared', kind: 'bucket', first_seen_at: now },
  ]);
  if (knex.client.config.client === 'pg') {
    await knex.raw("select setval(pg_get_serial_sequence('entity', 'id'), 2)");
  }
  await knex('environment').insert({ name: 'unknown' });
  await knex('plumbline_state').insert({ key: 'bindings_version', value: '0' });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'plumbline_state',
    'repository_file',
    'allocation',
    'binding',
    'entity_cost_monthly',
    'entity_cost_daily',
    'resource_cost_daily',
    'generation',
    'cost_partition',
    'paid_call',
    'collection_run',
    'source',
    'charge_kind',
    'currency',
    'service',
    'resource',
    'account',
    'environment',
    'entity_dependency',
    'entity',
  ]) {
    await knex.schema.dropTable(table);
  }
};
