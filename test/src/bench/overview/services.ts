import { ConfigReader } from '@backstage/config';
import { mockCredentials } from '@backstage/backend-test-utils';
import { BindingStore } from '@plumbline/backstage-plugin-plumbline-backend/src/bindings';
import { readBindingsConfig } from '@plumbline/backstage-plugin-plumbline-backend/src/bindings/BindingsConfig';
import { RepositoryLocator } from '@plumbline/backstage-plugin-plumbline-backend/src/bindings/repositories';
import { CollectionStore } from '@plumbline/backstage-plugin-plumbline-backend/src/collect';
import { DefaultCostService } from '@plumbline/backstage-plugin-plumbline-backend/src/cost';
import type { ParsedCostQuery } from '@plumbline/backstage-plugin-plumbline-backend/src/cost';
import type { PlumblineDatabase } from '@plumbline/backstage-plugin-plumbline-backend/src/database';
import { DefaultOverviewService } from '@plumbline/backstage-plugin-plumbline-backend/src/overview';
import { EntityStore } from '@plumbline/backstage-plugin-plumbline-backend/src/permissions';
import { toEntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { LAST_DAY } from './fill';
import type { Size } from './fill';
import { durations, percentile } from './percentile';

const CALLS = 300;
const WARM_UP = 50;

/** Entities spread over the whole table, another each time. */
export function benchEntity(index: number, size: Size) {
  const number = ((index * 6_151) % size.entities) + 1;
  return toEntityRef(`component:default/bench-${number}`);
}

/** The 95th percentile of the service calls behind card and tab, in milliseconds. */
export async function measureServices(
  database: PlumblineDatabase,
  size: Size,
): Promise<{ overview: number; costs: number }> {
  const config = new ConfigReader({});
  const entities = EntityStore.create({ database });
  const costs = DefaultCostService.create({
    database,
    entities,
    statuses: CollectionStore.create({ database, feeds: [] }),
    bindings: BindingStore.create({
      database,
      config: readBindingsConfig(config, RepositoryLocator.fromConfig(config)),
    }),
  });
  const overviews = DefaultOverviewService.create({ costs, entities });
  const credentials = mockCredentials.user();
  const to = LAST_DAY.toMillis() / 86_400_000 + 1;
  const queries: ParsedCostQuery[] = (
    ['service', 'resource', 'none'] as const
  ).map(groupBy => ({
    window: { from: to - size.days, to },
    granularity: 'day',
    groupBy,
    basis: 'effective',
    scope: 'own',
  }));
  const overview = (index: number) =>
    overviews.getOverviews({
      entityRefs: [benchEntity(index, size)],
      credentials,
    });
  const cost = (index: number) =>
    costs.getCosts({
      entityRef: benchEntity(index, size),
      query: queries[index % queries.length],
      credentials,
    });

  await durations(WARM_UP, overview);
  await durations(WARM_UP, cost);
  return {
    overview: percentile(await durations(CALLS, overview), 0.95),
    costs: percentile(await durations(CALLS, cost), 0.95),
  };
}
