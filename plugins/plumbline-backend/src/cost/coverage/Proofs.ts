import { MAX_BATCH, type PlumblineDatabase } from '../../database';

/**
 * Which links between resources and entities are confirmed. Of a link that holds no more, what it was at last.
 *
 * @internal
 */
export class Proofs {
  readonly #proven: ReadonlySet<string>;

  private constructor(proven: ReadonlySet<string>) {
    this.#proven = proven;
  }

  static async load(
    database: PlumblineDatabase,
    resources: readonly number[],
  ): Promise<Proofs> {
    const proven = new Set<string>();
    for (let start = 0; start < resources.length; start += MAX_BATCH) {
      const rows = await database.query(
        `select resource_id, entity_id, proof from binding
         where target_kind = 'resource' and resource_id in (${resources
           .slice(start, start + MAX_BATCH)
           .join(', ')})
         order by case when valid_to is null then 1 else 0 end, id`,
      );
      for (const row of rows) {
        const key = `${row.resource_id} ${row.entity_id}`;
        if (row.proof === 'proven') {
          proven.add(key);
        } else {
          proven.delete(key);
        }
      }
    }
    return new Proofs(proven);
  }

  /** A text that is another one when links were confirmed or lost that, a number for each. */
  static async fingerprint(database: PlumblineDatabase): Promise<string> {
    const [row] = await database.query(
      `select count(*) as links, cast(coalesce(sum(resource_id), 0) as text) as resources,
         cast(coalesce(sum(entity_id), 0) as text) as entities
       from binding where target_kind = 'resource' and proof = 'proven' and valid_to is null`,
    );
    return `${row.links} ${row.resources} ${row.entities}`;
  }

  isProven(resource: number, entity: number): boolean {
    return this.#proven.has(`${resource} ${entity}`);
  }
}
