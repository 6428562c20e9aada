/** How usage moves with the calendar. */
export type Rhythm = 'shop' | 'office' | 'warehouse' | 'flat' | 'month-end';

/** A day in the middle of the export, in production and the primary region. */
export type FunctionVolume = {
  /** Thousands a day. */
  requests: number;
  /** Billed milliseconds per request. */
  ms: number;
  /** Kilobytes logged per request. */
  logKb: number;
  rhythm: Rhythm;
};

const f = (
  requests: number,
  ms: number,
  logKb: number,
  rhythm: Rhythm = 'shop',
): FunctionVolume => ({ requests, ms, logKb, rhythm });

/** By component name, or by function name in the acquired account. */
export const functionVolumes: Readonly<Record<string, FunctionVolume>> = {
  'storefront-bff': f(6000, 95, 1.2),
  'product-catalog': f(4200, 38, 0.8),
  'product-search': f(2600, 140, 1),
  'price-engine': f(5200, 22, 0.4),
  'image-resizer': f(300, 620, 0.6),
  'basket-api': f(1500, 45, 0.8),
  'checkout-api': f(420, 180, 1.6),
  'voucher-service': f(380, 40, 0.6),
  'tax-calculator': f(410, 60, 0.4),
  'payments-api': f(260, 320, 2.2),
  'payments-webhooks': f(300, 50, 1),
  'fraud-scoring': f(250, 410, 1.4),
  'order-intake': f(130, 90, 1.8),
  'order-events': f(520, 40, 0.9),
  'stock-ledger': f(1900, 35, 0.5, 'warehouse'),
  'pick-planner': f(9, 8500, 12, 'warehouse'),
  'label-printer': f(60, 420, 1, 'warehouse'),
  'shipment-tracker': f(700, 85, 1.1, 'warehouse'),
  'carrier-gateway': f(160, 900, 2.5, 'warehouse'),
  'customs-documents': f(160, 1900, 4, 'office'),
  'loyalty-points': f(600, 55, 0.7),
  'customer-profile': f(900, 42, 0.6),
  'notification-sender': f(800, 110, 0.9),
  'review-moderation': f(45, 700, 3),
  'gift-registry': f(30, 60, 0.7),
  'event-archive': f(2400, 30, 0.3),
  'month-end-close': f(0.2, 60_000, 30, 'month-end'),
  'audit-trail': f(1300, 25, 0.4, 'office'),
  'metrics-shipper': f(900, 45, 0.2, 'flat'),
  'feature-flags': f(3000, 9, 0.1),
  'legacy-importer': f(3, 800, 1, 'flat'),
  'token-rotator': f(0.4, 4000, 6, 'flat'),
  'tidemark-order-sync': f(86, 1400, 6),
  'tidemark-newsletter': f(20, 2600, 5, 'office'),
  'returns-portal': f(420, 380, 1),
  'campaign-hooks': f(260, 180, 1),
  recommendations: f(1400, 120, 1),
};

/** Millions of request units a day, and gigabytes, by Resource entity. */
export const tableVolumes: Readonly<
  Record<string, { reads: number; writes: number; gb: number; rhythm: Rhythm }>
> = {
  'customers-table': { reads: 28, writes: 3.1, gb: 140, rhythm: 'shop' },
  'orders-table': { reads: 6, writes: 2.4, gb: 310, rhythm: 'shop' },
  'baskets-table': { reads: 14, writes: 5.5, gb: 40, rhythm: 'shop' },
  'stock-table': { reads: 0, writes: 0, gb: 18, rhythm: 'warehouse' },
  'products-table': { reads: 55, writes: 1.2, gb: 22, rhythm: 'shop' },
  'payments-table': { reads: 3.2, writes: 1.1, gb: 95, rhythm: 'shop' },
  'points-table': { reads: 9, writes: 2, gb: 60, rhythm: 'shop' },
  'shipments-table': { reads: 12, writes: 3.4, gb: 120, rhythm: 'warehouse' },
  'flags-table': { reads: 18, writes: 0.01, gb: 1, rhythm: 'shop' },
};

/** Gigabytes on the first day, and thousands of requests a day, by bucket name. */
export const bucketVolumes: Readonly<
  Record<string, { gb: number; growth: number; writes: number; reads: number }>
> = {
  'larkspur-product-images-prod': {
    gb: 4200,
    growth: 0.0006,
    writes: 40,
    reads: 9000,
  },
  'larkspur-storefront-assets-prod': {
    gb: 12,
    growth: 0,
    writes: 5,
    reads: 14_000,
  },
  'larkspur-event-archive-prod': {
    gb: 900,
    growth: 0.0035,
    writes: 300,
    reads: 5,
  },
  'larkspur-audit-prod': { gb: 650, growth: 0.0012, writes: 200, reads: 2 },
  'larkspur-gmbh-customs-archive': {
    gb: 85,
    growth: 0.001,
    writes: 14,
    reads: 3,
  },
  'tidemark-media': { gb: 2100, growth: 0.0002, writes: 6, reads: 900 },
};

/** Thousands of requests a day, and gigabytes out, by Resource entity. */
export const apiVolumes: Readonly<
  Record<string, { requests: number; gb: number }>
> = {
  'shop-api': { requests: 9000, gb: 160 },
  'payments-gateway': { requests: 560, gb: 2 },
};

/** Thousands of requests a day, by Resource entity. */
export const queueVolumes: Readonly<
  Record<string, { requests: number; rhythm: Rhythm }>
> = {
  'orders-queue': { requests: 1600, rhythm: 'shop' },
  'shipments-queue': { requests: 700, rhythm: 'warehouse' },
  'notifications-queue': { requests: 2400, rhythm: 'shop' },
};

/** Thousands of state transitions a day, by Resource entity. */
export const workflowVolumes: Readonly<
  Record<string, { transitions: number; rhythm: Rhythm }>
> = {
  'pick-workflow': { transitions: 90, rhythm: 'warehouse' },
  'month-end-workflow': { transitions: 3, rhythm: 'month-end' },
};

/** Gigabytes a day through a NAT gateway, by name. */
export const natVolumes: Readonly<Record<string, number>> = {
  'shared-nat-prod': 420,
  'shared-nat-us-prod': 60,
  'shared-nat-stage': 8,
  'shared-nat-dev': 3,
};
