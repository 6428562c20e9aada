import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import {
  hashOf,
  RepositoryFileStore,
} from '../../bindings/repositories/RepositoryFileStore';
import { repositoryKey } from '../../bindings/repositories/RepositoryLocator';
import type { RepositoryFigures } from '../../bindings/repositories/parsePlumblineYaml';
import type { PlumblineDatabase } from '../../database';

/**
 * What the repositories' `.plumbline.yaml` say of entities' figures, as far as it is proven: the file must give the
 * entity a path, and the entity must claim the repository, which is what a binding by file says.
 *
 * @internal
 */
export class RepositoryFiguresReader {
  static create(options: {
    database: PlumblineDatabase;
  }): RepositoryFiguresReader {
    return new RepositoryFiguresReader(
      options.database,
      RepositoryFileStore.create(options),
    );
  }

  private constructor(
    private readonly database: PlumblineDatabase,
    private readonly files: RepositoryFileStore,
  ) {}

  /** By entity; of several repositories, all that they say. */
  async list(): Promise<Map<EntityRef, RepositoryFigures[EntityRef]>> {
    const files = await this.files.list();
    const figures = new Map<EntityRef, RepositoryFigures[EntityRef]>();
    if (![...files.values()].some(file => file.figures)) {
      return figures;
    }
    const bindings: { ref: EntityRef; target: string }[] = await this.database
      .knex('binding')
      .join('entity', 'entity.id', 'binding.entity_id')
      .where({
        'binding.matched_by': 'repository-file',
        'binding.proof': 'proven',
      })
      .whereNull('binding.valid_to')
      .whereNull('entity.removed_at')
      .orderBy('binding.id')
      .select('entity.ref', 'binding.target');
    const seen = new Set<string>();
    for (const { ref, target } of bindings) {
      const repository = hashOf(repositoryKey(JSON.parse(target)));
      const said = files.get(repository)?.figures?.[ref];
      if (said && !seen.has(`${ref} ${repository}`)) {
        seen.add(`${ref} ${repository}`);
        const before = figures.get(ref);
        figures.set(ref, {
          budgets: [...(before?.budgets ?? []), ...said.budgets],
          unitCosts: [...(before?.unitCosts ?? []), ...said.unitCosts],
        });
      }
    }
    return figures;
  }
}
