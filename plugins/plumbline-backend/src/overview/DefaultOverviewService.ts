import type {
  EntityOverview,
  EntityRef,
  Headline,
} from '@plumbline/backstage-plugin-plumbline-common';
import { hasCosts, isRollup } from '../cost';
import type { CostHeadlineService } from '../cost';
import type { EntityStore } from '../permissions';
import type {
  Domain,
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
export class DefaultOverviewService implements OverviewService {
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
    domains,
    readable,
  }: OverviewsRequest): Promise<EntityOverview[]> {
    const shows = (ref: EntityRef, domain: Domain) =>
      domains === undefined || domains.get(ref)?.has(domain) === true;
    const refs = [...new Set(entityRefs)];
    const [entities, costs] = await Promise.all([
      this.#entities.getByRefs(refs),
      this.#costs.getHeadlines({
        entityRefs: refs.filter(ref => shows(ref, 'cost')),
        readable,
      }),
    ]);
    return entities.flatMap(entity => {
      if (!entity || !hasCosts(entity.kind)) {
        return [];
      }
      const { ref } = entity;
      const cost = costs.get(ref);
      return [
        {
          entityRef: ref,
          scope: isRollup(entity.kind) ? 'rollup' : 'own',
          ...(cost && { cost }),
          ...(shows(ref, 'drift') && { drift: NO_SOURCE.drift }),
          ...(shows(ref, 'policy') && { policy: NO_SOURCE.policy }),
          ...(shows(ref, 'provenance') && { provenance: NO_SOURCE.provenance }),
        },
      ];
    });
  }
}
