import { NotFoundError } from '@backstage/errors';
import { Repository } from './types';

/** The company's organisation on its main Git host. */
export const githubOrganisation = 'larkspur';

const github = (
  name: string,
  description: string,
  pathAssignments: Repository['pathAssignments'] = [],
  shares: Repository['shares'] = [],
): Repository => ({
  host: 'github',
  owner: githubOrganisation,
  name,
  defaultBranch: 'main',
  description,
  pathAssignments,
  shares,
});

const assign = (stack: string, ...refs: string[]) =>
  refs.map(entityRef => ({ path: `stacks/${stack}`, entityRef }));

/** All repositories on both Git hosts. */
export const repositories: readonly Repository[] = [
  github(
    'catalog',
    'Teams, systems and everything that has no home of its own',
  ),
  github('shop', 'Monorepo of the services behind the shop'),
  github(
    'infrastructure',
    'Terraform for networks, data and shared services',
    [
      ...assign('event-archive', 'component:default/event-archive'),
      ...assign('month-end-close', 'component:default/month-end-close'),
      ...assign('audit-trail', 'component:default/audit-trail'),
      ...assign('metrics-shipper', 'component:default/metrics-shipper'),
      ...assign('feature-flags', 'component:default/feature-flags'),
      ...assign('token-rotator', 'component:default/token-rotator'),
      { path: 'stacks/network', entityRef: 'resource:default/shared-nat' },
      {
        path: 'stacks/customers',
        entityRef: 'resource:default/customers-table',
      },
    ],
    [
      {
        // By what passed through the gateway when it was last measured.
        entityRef: 'resource:default/shared-nat',
        from: '2025-01-01',
        consumers: [
          { entity: 'component:default/payments-api', weight: 3 },
          { entity: 'component:default/carrier-gateway', weight: 2 },
          { entity: 'component:default/shipment-tracker', weight: 1 },
          { entity: 'component:default/notification-sender', weight: 1 },
        ],
      },
    ],
  ),
  github('payments-api', 'Takes payments'),
  github('payments-webhooks', 'Listens to payment providers'),
  github('fraud-scoring', 'Scores orders for fraud'),
  github('order-events', 'Publishes what happens to an order'),
  github('returns-portal', 'Lets customers send things back'),
  github('campaign-hooks', 'Marketing campaign callbacks'),
  github('recommendations', 'What else you may like'),
  github('loyalty-points', 'Points ledger'),
  github('review-moderation', 'Checks product reviews'),
  {
    host: 'gitea',
    owner: 'logistics',
    name: 'label-printer',
    defaultBranch: 'main',
    description: 'Prints parcel labels in the warehouse',
    pathAssignments: [],
    shares: [],
  },
];

/** The repository with that name; throws where there is none. */
export function repositoryNamed(name: string): Repository {
  const found = repositories.find(repository => repository.name === name);
  if (!found) {
    throw new NotFoundError(
      `The company has no repository named '${name}'; add it to repositories.ts`,
    );
  }
  return found;
}
