import type {
  EntityOverview,
  Headline,
} from '@plumbline/backstage-plugin-plumbline-common';
import { hasCosts, isRollup } from '../cost';
import type { CostHeadlineService } from '../cost';
import type { EntityFilter, EntityStore } from '../permissions';
import { DOMAINS } from './OverviewService';
import type {
  DescribedEntity,
  Domain,
  OverviewDescriber,
  OverviewService,
  OverviewsRequest,
} from './OverviewService';

const NO_SOURCE: Record<Exclude<Domain, 'cost'>, Headline> = {
  drift: {
    state: 'not-set-up',
    reason: 'No drift source is set up in this portal.',
  },
  policy: {
    state: 'not-set-up',
    reason: 'No policy engine is set up in this portal.',
  },
  provenance: {
    state: 'not-set-up',
    reason: 'No provenance source is set up in this portal.',
  },
};

/**
 * Headlines out of the database, for whoever asks; see {@link AuthorizedOverviewService}.
 *
 * @internal
 */
export class DefaultOverviewService
  implements OverviewService, OverviewDescriber
{
  readonly #costs: CostHeadlineService;
  readonly #entities: EntityStore;

  private constructor(costs: CostHeadlineService, entities: EntityStore) {
    this.#costs = costs;
    this.#entities = entities;
  }

  static create(options: {
    costs: CostHeadlineService;
    entities: EntityStore;
  }): DefaultOverviewService {
    return new DefaultOverviewService(options.costs, options.entities);
  }

  async getOverviews({
    entityRefs,
  }: OverviewsRequest): Promise<EntityOverview[]> {
    const entities = await this.#entities.getByRefs([...new Set(entityRefs)]);
    const domains = new Set(DOMAINS);
    return this.describe(
      entities.flatMap(entity => (entity ? [{ entity, domains }] : [])),
      undefined,
    );
  }

  async describe(
    entities: readonly DescribedEntity[],
    readable: EntityFilter,
  ): Promise<EntityOverview[]> {
    const shown = entities.filter(({ entity }) => hasCosts(entity.kind));
    const costs = await this.#costs.getHeadlines({
      entities: shown.flatMap(({ entity, domains }) =>
        domains.has('cost') ? [entity] : [],
      ),
      readable,
    });
    return shown.map(({ entity, domains }) => {
      const cost = costs.get(entity.ref);
      return {
        entityRef: entity.ref,
        scope: isRollup(entity.kind) ? 'rollup' : 'own',
        ...(cost && { cost }),
        ...(domains.has('drift') && { drift: NO_SOURCE.drift }),
        ...(domains.has('policy') && { policy: NO_SOURCE.policy }),
        ...(domains.has('provenance') && { provenance: NO_SOURCE.provenance }),
      };
    });
  }
}
