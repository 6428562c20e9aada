import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import type { RepositoryFiguresReader } from '../budgets';
import {
  DEFAULT_PER,
  type ConfiguredUnitCost,
  type UnitCostDefinition,
} from './readUnitCosts';

/** What repositories say is read again after so long. */
const KEPT_MS = 30_000;

/** A definition, and whether somebody set it for the entity by name. @internal */
export interface WantedUnitCost extends UnitCostDefinition {
  /** Where nobody did, it is shown only if the entity ever had values. */
  named: boolean;
}

/**
 * Which metrics an entity's costs are held against: those the operator and its own repository set.
 *
 * @internal
 */
export class UnitCostDefinitions {
  static create(options: {
    configured: readonly ConfiguredUnitCost[];
    repositories: RepositoryFiguresReader;
    now?: () => number;
  }): UnitCostDefinitions {
    return new UnitCostDefinitions(
      options.configured,
      options.repositories,
      options.now ?? Date.now,
    );
  }

  #recent:
    | { until: number; figures: ReturnType<RepositoryFiguresReader['list']> }
    | undefined;

  private constructor(
    private readonly configured: readonly ConfiguredUnitCost[],
    private readonly repositories: RepositoryFiguresReader,
    private readonly now: () => number,
  ) {}

  /** Of several for one metric, the operator's by name comes first, then the repository's. */
  async of(entityRef: EntityRef): Promise<WantedUnitCost[]> {
    const figures = (await this.#figures()).get(entityRef);
    const wanted: WantedUnitCost[] = [
      ...this.configured
        .filter(({ entities }) => entities?.has(entityRef))
        .map(definition => ({ ...definition, named: true })),
      ...(figures?.unitCosts ?? []).map(({ metric, label, per }) => ({
        metric,
        label: label ?? metric,
        per: per ?? DEFAULT_PER,
        named: true,
      })),
      ...this.configured
        .filter(({ entities }) => !entities)
        .map(definition => ({ ...definition, named: false })),
    ];
    return wanted.filter(
      ({ metric }, index) =>
        wanted.findIndex(other => other.metric === metric) === index,
    );
  }

  #figures(): ReturnType<RepositoryFiguresReader['list']> {
    if (!this.#recent || this.#recent.until <= this.now()) {
      const figures = this.repositories.list();
      this.#recent = { until: this.now() + KEPT_MS, figures };
      // A failure is not kept: the next one who looks asks again.
      figures.catch(() => {
        this.#recent = undefined;
      });
    }
    return this.#recent.figures;
  }
}
