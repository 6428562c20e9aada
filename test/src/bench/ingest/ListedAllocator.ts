import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PlumblineDatabase } from '../lib';

/**
 * Gives each resource to the entity that an export's `entities.ndjson` lists for it; where there is no such
 * file, nothing is allocated.
 */
export class ListedAllocator {
  static async create(options: {
    database: PlumblineDatabase;
    data: string;
  }): Promise<ListedAllocator> {
    return new ListedAllocator(options.database, await readList(options.data));
  }

  private readonly allocated = new Set<number>();
  private entityIds = new Map<string, number>();

  private constructor(
    private readonly database: PlumblineDatabase,
    private readonly entityOf: ReadonlyMap<string, string>,
  ) {}

  async refresh(): Promise<number> {
    const { database } = this;
    if (this.entityIds.size === 0 && this.entityOf.size > 0) {
      await this.addEntities();
    }
    const resources = await database.knex('resource').select('id', 'native_id');
    const added = resources.filter(
      ({ id, native_id: native }) =>
        !this.allocated.has(id) && this.entityOf.has(native),
    );
    await database.insertColumns(
      'allocation',
      [
        ...[
          'resource_id',
          'from_day',
          'to_day',
          'entity_id',
          'environment_id',
        ].map(name => ({ name, type: 'integer' as const })),
        { name: 'matched_by', type: 'word' },
      ],
      [
        Int32Array.from(added, ({ id }) => id),
        new Int32Array(added.length).fill(-2147483648),
        new Int32Array(added.length).fill(2147483647),
        Int32Array.from(
          added,
          ({ native_id: native }) =>
            this.entityIds.get(this.entityOf.get(native)!)!,
        ),
        new Int32Array(added.length).fill(1),
        added.map(() => 'tag'),
      ],
    );
    added.forEach(({ id }) => this.allocated.add(id));
    return 1;
  }

  private async addEntities(): Promise<void> {
    const rows = await this.database.insertRecords(
      'entity',
      [
        { name: 'ref', type: 'text' },
        { name: 'kind', type: 'text' },
        { name: 'first_seen_at', type: 'instant' },
      ],
      [...new Set(this.entityOf.values())].map(ref => ({
        ref,
        kind: ref.split(':')[0],
        first_seen_at: new Date(),
      })),
      'returning id, ref',
    );
    this.entityIds = new Map(
      rows.map(row => [String(row.ref), Number(row.id)]),
    );
  }
}

async function readList(data: string): Promise<Map<string, string>> {
  const text = await readFile(path.join(data, 'entities.ndjson'), 'utf8').catch(
    error => {
      if (error.code === 'ENOENT') {
        return '';
      }
      throw error;
    },
  );
  const entities: { entityRef: string; resources: string[] }[] = text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
  return new Map(
    entities.flatMap(({ entityRef, resources }) =>
      resources.map(resource => [resource, entityRef] as const),
    ),
  );
}
