import { Environment, IacEngine } from './types';

/** How a component's functions are tied to it. */
export type FunctionBinding = 'tag' | 'name' | 'selector' | 'arn';

/** A component in the short form from which entity and resources are made. */
export type ComponentFacts = {
  name: string;
  description: string;
  system: string;
  owner: string;
  type?: 'service' | 'website' | 'job' | 'library';
  lifecycle?: 'production' | 'experimental' | 'deprecated';
  /** `shop`: a folder of the monorepo; `own`: a repository of its name; `central`: registered in the catalog repository. */
  home: 'shop' | 'own' | 'central';
  /** Repository and path of the code of a centrally registered component. */
  code?: { repository: string; path: string };
  engine?: IacEngine;
  /** Undefined where the component runs no Lambda function. */
  lambda?: {
    memoryMb: number;
    timeoutSeconds?: number;
    runtime?: 'nodejs22.x' | 'python3.13' | 'java21';
    architecture?: 'x86_64' | 'arm64';
    inVpc?: boolean;
    binding?: FunctionBinding;
    bothRegions?: boolean;
    euro?: boolean;
    logLevel?: 'debug';
    provisionedConcurrency?: number;
    environments?: readonly Environment[];
  };
  /** Names of Resource entities. */
  uses?: readonly string[];
  /** Names of Component entities. */
  calls?: readonly string[];
};

const storefront: readonly ComponentFacts[] = [
  {
    name: 'storefront-web',
    description: 'Static pages and scripts of the shop',
    system: 'storefront',
    owner: 'storefront-web',
    type: 'website',
    home: 'shop',
    uses: ['storefront-assets'],
    calls: ['storefront-bff'],
  },
  {
    name: 'storefront-bff',
    description: 'Puts together what a page needs',
    system: 'storefront',
    owner: 'storefront-web',
    home: 'shop',
    lambda: { memoryMb: 1024, bothRegions: true },
    uses: ['shop-api'],
    calls: ['product-catalog', 'product-search', 'price-engine'],
  },
  {
    name: 'product-catalog',
    description: 'Products, variants and their texts',
    system: 'storefront',
    owner: 'discovery',
    home: 'shop',
    lambda: { memoryMb: 512 },
    uses: ['products-table'],
  },
  {
    name: 'product-search',
    description: 'Search and facets',
    system: 'storefront',
    owner: 'discovery',
    home: 'shop',
    lambda: {
      memoryMb: 2048,
      runtime: 'java21',
      bothRegions: true,
      logLevel: 'debug',
    },
    uses: ['products-table'],
  },
  {
    name: 'price-engine',
    description: 'Prices, promotions and markdowns',
    system: 'storefront',
    owner: 'discovery',
    home: 'shop',
    lambda: { memoryMb: 1024, architecture: 'x86_64', binding: 'name' },
    uses: ['products-table'],
  },
  {
    name: 'image-resizer',
    description: 'Cuts product images to size',
    system: 'storefront',
    owner: 'storefront-web',
    home: 'shop',
    lambda: { memoryMb: 1536, architecture: 'x86_64' },
    uses: ['product-images'],
  },
  {
    name: 'recommendations',
    description: 'What else a customer may like; runs on Google Cloud',
    system: 'storefront',
    owner: 'discovery',
    home: 'own',
    engine: 'terraform',
    uses: ['reco-models'],
  },
  {
    name: 'campaign-hooks',
    description: 'Callbacks of the marketing suite; runs on Azure',
    system: 'storefront',
    owner: 'storefront-web',
    home: 'own',
    engine: 'terraform',
  },
];

const checkout: readonly ComponentFacts[] = [
  {
    name: 'basket-api',
    description: 'Baskets of guests and customers',
    system: 'checkout',
    owner: 'checkout',
    home: 'shop',
    lambda: { memoryMb: 512 },
    uses: ['baskets-table', 'shop-api'],
  },
  {
    name: 'checkout-api',
    description: 'Leads a basket to an order',
    system: 'checkout',
    owner: 'checkout',
    home: 'shop',
    lambda: { memoryMb: 1024, bothRegions: true },
    uses: ['baskets-table', 'customers-table', 'shop-api'],
    calls: ['payments-api', 'voucher-service', 'tax-calculator'],
  },
  {
    name: 'voucher-service',
    description: 'Vouchers and gift cards',
    system: 'checkout',
    owner: 'checkout',
    home: 'shop',
    lambda: { memoryMb: 256, binding: 'selector' },
    uses: ['customers-table'],
  },
  {
    name: 'tax-calculator',
    description: 'Sales and value added tax',
    system: 'checkout',
    owner: 'checkout',
    home: 'shop',
    lambda: { memoryMb: 512, runtime: 'java21', architecture: 'x86_64' },
  },
  {
    name: 'payments-api',
    description: 'Authorises and captures payments',
    system: 'checkout',
    owner: 'payments',
    home: 'own',
    engine: 'sam',
    lambda: { memoryMb: 1024, inVpc: true },
    uses: ['payments-table', 'payments-gateway', 'shared-nat'],
    calls: ['fraud-scoring'],
  },
  {
    name: 'payments-webhooks',
    description: 'Listens to payment providers',
    system: 'checkout',
    owner: 'payments',
    home: 'own',
    engine: 'sam',
    lambda: { memoryMb: 256, binding: 'name' },
    uses: ['payments-table'],
  },
  {
    name: 'fraud-scoring',
    description: 'Scores an order before it is paid',
    system: 'checkout',
    owner: 'payments',
    home: 'own',
    engine: 'pulumi',
    lambda: { memoryMb: 3008, runtime: 'python3.13', architecture: 'x86_64' },
    uses: ['customers-table', 'payments-table'],
  },
  {
    name: 'order-intake',
    description: 'Writes the order down, once',
    system: 'checkout',
    owner: 'orders',
    home: 'shop',
    lambda: { memoryMb: 512 },
    uses: ['orders-table', 'orders-queue'],
  },
  {
    name: 'order-events',
    description: 'Tells the house what happens to an order',
    system: 'checkout',
    owner: 'orders',
    home: 'own',
    engine: 'sam',
    lambda: { memoryMb: 256 },
    uses: ['orders-queue', 'event-archive-bucket'],
  },
];

const fulfilment: readonly ComponentFacts[] = [
  {
    name: 'stock-ledger',
    description: 'How many of what lie where',
    system: 'fulfilment',
    owner: 'warehouse',
    home: 'shop',
    lambda: { memoryMb: 512 },
    uses: ['stock-table'],
  },
  {
    name: 'pick-planner',
    description: 'Plans the pickers’ rounds',
    system: 'fulfilment',
    owner: 'warehouse',
    home: 'shop',
    lambda: { memoryMb: 2048, runtime: 'python3.13', timeoutSeconds: 120 },
    uses: ['pick-workflow', 'stock-table'],
  },
  {
    name: 'label-printer',
    description: 'Prints parcel labels in the warehouse',
    system: 'fulfilment',
    owner: 'warehouse',
    home: 'own',
    engine: 'terraform',
    lambda: { memoryMb: 512, binding: 'name', environments: ['prod', 'stage'] },
    uses: ['shipments-queue'],
  },
  {
    name: 'shipment-tracker',
    description: 'Follows parcels until they arrive',
    system: 'fulfilment',
    owner: 'shipping',
    home: 'shop',
    lambda: { memoryMb: 512, inVpc: true },
    uses: ['shipments-table', 'shared-nat'],
  },
  {
    name: 'carrier-gateway',
    description: 'Talks to carriers through the internet',
    system: 'fulfilment',
    owner: 'shipping',
    home: 'shop',
    lambda: { memoryMb: 1024, inVpc: true, timeoutSeconds: 60 },
    uses: ['shipments-queue', 'shared-nat'],
  },
  {
    name: 'returns-portal',
    description: 'Lets customers send things back; runs on Azure',
    system: 'fulfilment',
    owner: 'shipping',
    home: 'own',
    engine: 'terraform',
    uses: ['returns-storage'],
  },
  {
    name: 'customs-documents',
    description: 'Papers for parcels that leave the union; billed in EUR',
    system: 'fulfilment',
    owner: 'shipping',
    home: 'shop',
    lambda: { memoryMb: 1024, euro: true, environments: ['prod'] },
  },
];

const loyalty: readonly ComponentFacts[] = [
  {
    name: 'loyalty-points',
    description: 'Points ledger',
    system: 'loyalty',
    owner: 'loyalty',
    home: 'own',
    engine: 'pulumi',
    lambda: { memoryMb: 512 },
    uses: ['points-table', 'customers-table'],
  },
  {
    name: 'customer-profile',
    description: 'Addresses, sizes and consents',
    system: 'loyalty',
    owner: 'care',
    home: 'shop',
    lambda: { memoryMb: 512, binding: 'selector' },
    uses: ['customers-table', 'shop-api'],
  },
  {
    name: 'notification-sender',
    description: 'Mails and push messages',
    system: 'loyalty',
    owner: 'care',
    home: 'shop',
    lambda: { memoryMb: 256, inVpc: true },
    uses: ['notifications-queue', 'shared-nat'],
  },
  {
    name: 'review-moderation',
    description: 'Checks reviews before they are shown',
    system: 'loyalty',
    owner: 'care',
    home: 'central',
    code: { repository: 'review-moderation', path: '' },
    engine: 'sam',
    lambda: { memoryMb: 1024, binding: 'arn', environments: ['prod'] },
  },
  {
    name: 'gift-registry',
    description: 'Wish lists; its team was dissolved',
    system: 'loyalty',
    owner: 'gifting',
    lifecycle: 'deprecated',
    home: 'shop',
    lambda: { memoryMb: 512, binding: 'name', environments: ['prod'] },
    uses: ['customers-table'],
  },
];

const central = (name: string) => ({
  home: 'central' as const,
  code: { repository: 'infrastructure', path: `stacks/${name}` },
  engine: 'terraform' as const,
});

const platform: readonly ComponentFacts[] = [
  {
    name: 'event-archive',
    description: 'Keeps every business event for ten years',
    system: 'platform',
    owner: 'platform',
    ...central('event-archive'),
    lambda: { memoryMb: 512, environments: ['prod', 'stage'] },
    uses: ['event-archive-bucket'],
  },
  {
    name: 'month-end-close',
    description: 'Closes the books on the last night of a month',
    system: 'platform',
    owner: 'finops',
    type: 'job',
    ...central('month-end-close'),
    lambda: {
      memoryMb: 3008,
      runtime: 'java21',
      timeoutSeconds: 900,
      environments: ['prod', 'stage'],
    },
    uses: ['month-end-workflow', 'orders-table'],
  },
  {
    name: 'audit-trail',
    description: 'Who did what, where it cannot be changed',
    system: 'platform',
    owner: 'security',
    ...central('audit-trail'),
    lambda: { memoryMb: 256, environments: ['prod', 'stage'] },
    uses: ['audit-bucket'],
  },
  {
    name: 'metrics-shipper',
    description: 'Sends metrics to the monitoring service',
    system: 'platform',
    owner: 'platform',
    ...central('metrics-shipper'),
    lambda: {
      memoryMb: 256,
      binding: 'selector',
      environments: ['prod', 'stage'],
    },
  },
  {
    name: 'feature-flags',
    description: 'Switches features on and off',
    system: 'platform',
    owner: 'platform',
    ...central('feature-flags'),
    lambda: { memoryMb: 128, environments: ['prod', 'stage'] },
    uses: ['flags-table'],
  },
  {
    name: 'legacy-importer',
    description: 'Imports catalogues of the old shop; nobody calls it any more',
    system: 'platform',
    owner: 'platform',
    lifecycle: 'deprecated',
    home: 'shop',
    lambda: {
      memoryMb: 1024,
      architecture: 'x86_64',
      environments: ['prod'],
      provisionedConcurrency: 4,
    },
    uses: ['product-images'],
  },
  {
    name: 'token-rotator',
    description: 'Renews credentials every night',
    system: 'platform',
    owner: 'security',
    type: 'job',
    ...central('token-rotator'),
    lambda: {
      memoryMb: 256,
      runtime: 'python3.13',
      environments: ['prod', 'stage'],
    },
  },
];

/** The 36 components. */
export const componentFacts: readonly ComponentFacts[] = [
  ...storefront,
  ...checkout,
  ...fulfilment,
  ...loyalty,
  ...platform,
];
