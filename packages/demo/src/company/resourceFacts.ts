import { Environment, IacEngine, ResourceConfiguration } from './types';

/** A Resource entity in the short form from which entity and cloud resources are made. */
export type ResourceFacts = {
  name: string;
  description: string;
  /** `spec.type`. */
  type: string;
  system: string;
  owner: string;
  configuration: ResourceConfiguration;
  environments: readonly Environment[];
  region?: 'eu-central-1' | 'us-east-1';
  /** Where it is declared. */
  code: { repository: string; path: string; engine: IacEngine };
  /** Whether the catalog file lies beside the code; else it is registered centrally. */
  besideCode: boolean;
  /** Whether the tag `plumbline:entity` is on it; default true. */
  tagged?: boolean;
};

const stack = (name: string) => ({
  code: {
    repository: 'infrastructure',
    path: `stacks/${name}/main.tf`,
    engine: 'terraform' as const,
  },
  besideCode: false,
});

const shop = (service: string) => ({
  code: {
    repository: 'shop',
    path: `services/${service}/infra/main.tf`,
    engine: 'terraform' as const,
  },
  besideCode: true,
});

const table = (
  hashKey: string,
  more: Partial<
    Extract<ResourceConfiguration, { kind: 'dynamodb-table' }>
  > = {},
): ResourceConfiguration => ({
  kind: 'dynamodb-table',
  mode: 'on-demand',
  hashKey,
  pointInTimeRecovery: true,
  ...more,
});

const queue = (visibilityTimeoutSeconds: number): ResourceConfiguration => ({
  kind: 'sqs-queue',
  visibilityTimeoutSeconds,
  retentionSeconds: 345_600,
  maxReceiveCount: 5,
});

const databases: readonly ResourceFacts[] = [
  {
    name: 'customers-table',
    description: 'Customers; shared by checkout, fraud, loyalty and care',
    type: 'database',
    system: 'loyalty',
    owner: 'care',
    configuration: table('customerId'),
    environments: ['prod', 'stage', 'dev'],
    ...stack('customers'),
  },
  {
    name: 'orders-table',
    description: 'Orders',
    type: 'database',
    system: 'checkout',
    owner: 'orders',
    configuration: table('orderId', { rangeKey: 'version' }),
    environments: ['prod', 'stage', 'dev'],
    ...shop('order-intake'),
  },
  {
    name: 'baskets-table',
    description: 'Baskets, kept for thirty days',
    type: 'database',
    system: 'checkout',
    owner: 'checkout',
    configuration: table('basketId', { pointInTimeRecovery: false }),
    environments: ['prod', 'stage', 'dev'],
    ...shop('basket-api'),
  },
  {
    name: 'stock-table',
    description: 'Stock by article and place; capacity bought in advance',
    type: 'database',
    system: 'fulfilment',
    owner: 'warehouse',
    configuration: table('articleId', {
      rangeKey: 'place',
      mode: 'provisioned',
      readCapacity: 400,
      writeCapacity: 250,
    }),
    environments: ['prod', 'stage'],
    ...shop('stock-ledger'),
  },
  {
    name: 'products-table',
    description: 'Products and variants',
    type: 'database',
    system: 'storefront',
    owner: 'discovery',
    configuration: table('productId', { rangeKey: 'variant' }),
    environments: ['prod'],
    tagged: false,
    ...shop('product-catalog'),
  },
  {
    name: 'payments-table',
    description: 'Payments and their states',
    type: 'database',
    system: 'checkout',
    owner: 'payments',
    configuration: table('paymentId'),
    environments: ['prod', 'stage'],
    code: { repository: 'payments-api', path: 'template.yaml', engine: 'sam' },
    besideCode: true,
  },
  {
    name: 'points-table',
    description: 'Points by customer and day',
    type: 'database',
    system: 'loyalty',
    owner: 'loyalty',
    configuration: table('customerId', { rangeKey: 'day' }),
    environments: ['prod', 'stage'],
    code: {
      repository: 'loyalty-points',
      path: 'Pulumi.yaml',
      engine: 'pulumi',
    },
    besideCode: true,
  },
  {
    name: 'shipments-table',
    description: 'Shipments and their stations',
    type: 'database',
    system: 'fulfilment',
    owner: 'shipping',
    configuration: table('shipmentId', { rangeKey: 'station' }),
    environments: ['prod', 'stage'],
    ...shop('shipment-tracker'),
  },
  {
    name: 'flags-table',
    description: 'Feature flags',
    type: 'database',
    system: 'platform',
    owner: 'platform',
    configuration: table('flag', { pointInTimeRecovery: false }),
    environments: ['prod', 'stage'],
    ...stack('feature-flags'),
  },
];

const buckets: readonly ResourceFacts[] = (
  [
    [
      'product-images',
      'Product images in all sizes',
      'storefront',
      'storefront-web',
      'storage',
      false,
      undefined,
    ],
    [
      'storefront-assets',
      'Pages and scripts of the shop',
      'storefront',
      'storefront-web',
      'storage',
      true,
      undefined,
    ],
    [
      'event-archive-bucket',
      'Business events of ten years',
      'platform',
      'platform',
      'event-archive',
      true,
      30,
    ],
    [
      'audit-bucket',
      'Audit trail, locked against deletion',
      'platform',
      'security',
      'audit-trail',
      true,
      90,
    ],
  ] as const
).map(
  ([name, description, system, owner, stackName, tagged, transitionDays]) => ({
    name,
    description,
    type: 'object-storage',
    system,
    owner,
    configuration: {
      kind: 's3-bucket',
      versioning: name !== 'product-images',
      ...(transitionDays && { transitionDays }),
    },
    environments: ['prod'],
    tagged,
    ...stack(stackName),
  }),
);

const others: readonly ResourceFacts[] = [
  {
    name: 'shared-nat',
    description: 'NAT gateway that every service in the network leaves through',
    type: 'network',
    system: 'platform',
    owner: 'platform',
    configuration: { kind: 'nat-gateway', subnet: 'public-a' },
    environments: ['prod', 'stage', 'dev'],
    ...stack('network'),
  },
  {
    name: 'shared-nat-us',
    description: 'NAT gateway of the second region',
    type: 'network',
    system: 'platform',
    owner: 'platform',
    configuration: { kind: 'nat-gateway', subnet: 'public-a' },
    environments: ['prod'],
    region: 'us-east-1',
    ...stack('network'),
  },
  {
    name: 'shop-api',
    description: 'The shop’s HTTP API',
    type: 'api-gateway',
    system: 'storefront',
    owner: 'storefront-web',
    configuration: { kind: 'http-api', throttleRequestsPerSecond: 5000 },
    environments: ['prod', 'stage'],
    ...stack('edge'),
  },
  {
    name: 'payments-gateway',
    description: 'HTTP API for payment providers',
    type: 'api-gateway',
    system: 'checkout',
    owner: 'payments',
    configuration: { kind: 'http-api', throttleRequestsPerSecond: 500 },
    environments: ['prod', 'stage'],
    code: { repository: 'payments-api', path: 'template.yaml', engine: 'sam' },
    besideCode: true,
  },
  {
    name: 'orders-queue',
    description: 'Orders that wait to be worked on',
    type: 'queue',
    system: 'checkout',
    owner: 'orders',
    configuration: queue(120),
    environments: ['prod', 'stage'],
    ...shop('order-intake'),
  },
  {
    name: 'shipments-queue',
    description: 'Parcels that wait for a carrier',
    type: 'queue',
    system: 'fulfilment',
    owner: 'shipping',
    configuration: queue(360),
    environments: ['prod', 'stage'],
    ...shop('carrier-gateway'),
  },
  {
    name: 'notifications-queue',
    description: 'Messages that wait to be sent',
    type: 'queue',
    system: 'loyalty',
    owner: 'care',
    configuration: queue(60),
    environments: ['prod', 'stage'],
    ...shop('notification-sender'),
  },
  {
    name: 'pick-workflow',
    description: 'Steps of a picking round',
    type: 'workflow',
    system: 'fulfilment',
    owner: 'warehouse',
    configuration: {
      kind: 'state-machine',
      type: 'STANDARD',
      calls: ['pick-planner', 'stock-ledger'],
    },
    environments: ['prod', 'stage'],
    ...shop('pick-planner'),
  },
  {
    name: 'month-end-workflow',
    description: 'Steps of the monthly close',
    type: 'workflow',
    system: 'platform',
    owner: 'finops',
    configuration: {
      kind: 'state-machine',
      type: 'STANDARD',
      calls: ['month-end-close'],
    },
    environments: ['prod', 'stage'],
    ...stack('month-end-close'),
  },
  {
    name: 'returns-storage',
    description: 'Return labels and photos, on Azure',
    type: 'object-storage',
    system: 'fulfilment',
    owner: 'shipping',
    configuration: { kind: 'azure-storage-account', sku: 'Standard_LRS' },
    environments: ['prod'],
    code: {
      repository: 'returns-portal',
      path: 'infra/main.tf',
      engine: 'terraform',
    },
    besideCode: true,
  },
  {
    name: 'reco-models',
    description: 'Trained recommendation models, on Google Cloud',
    type: 'object-storage',
    system: 'storefront',
    owner: 'discovery',
    configuration: { kind: 'gcs-bucket', storageClass: 'STANDARD' },
    environments: ['prod'],
    tagged: false,
    code: {
      repository: 'recommendations',
      path: 'infra/main.tf',
      engine: 'terraform',
    },
    besideCode: true,
  },
];

/** The 24 Resource entities. */
export const resourceFacts: readonly ResourceFacts[] = [
  ...databases,
  ...buckets,
  ...others,
];

/** The folder that a Resource entity's code lies in; empty for a repository's root. */
export function folderOf(facts: ResourceFacts): string {
  return facts.code.path
    .replace(/(^|\/)[^/]+$/, '')
    .replace(/(^|\/)infra$/, '');
}
