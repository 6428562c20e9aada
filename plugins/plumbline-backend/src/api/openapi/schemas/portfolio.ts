const decimal = { $ref: '#/components/schemas/DecimalString' } as const;
const month = { $ref: '#/components/schemas/Month' } as const;
const range = { $ref: '#/components/schemas/DayRange' } as const;
const count = { $ref: '#/components/schemas/Count' } as const;
const figures = { $ref: '#/components/schemas/PortfolioFigures' } as const;

const figureProperties = {
  currency: { $ref: '#/components/schemas/Currency' },
  total: decimal,
  months: {
    type: 'array',
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['month', 'amount'],
      properties: { month, amount: decimal },
    },
  },
  lastMonth: decimal,
  monthBefore: decimal,
  difference: decimal,
  change: decimal,
  toDate: decimal,
  usageToDate: decimal,
  sameDaysBefore: decimal,
  toDateChange: decimal,
  share: decimal,
} as const;

const whose = {
  kind: { type: 'string', enum: ['named', 'none', 'removed', 'hidden'] },
  key: { type: 'string' },
} as const;

const movers = {
  type: 'array',
  items: { $ref: '#/components/schemas/PortfolioMover' },
} as const;

/** What `portfolio` answers. @internal */
export const portfolioSchemas = {
  PortfolioBy: {
    type: 'string',
    enum: ['owner', 'system', 'domain', 'environment', 'entity'],
  },
  PortfolioFigures: {
    type: 'object',
    additionalProperties: false,
    required: ['currency', 'total', 'months'],
    properties: figureProperties,
  },
  PortfolioRow: {
    type: 'object',
    additionalProperties: false,
    required: ['kind', 'entities', 'currency', 'total', 'months'],
    properties: {
      ...whose,
      entities: {
        type: 'object',
        additionalProperties: false,
        required: ['counted', 'withoutCost'],
        properties: { counted: count, withoutCost: count },
      },
      budgets: {
        type: 'array',
        items: { $ref: '#/components/schemas/Budget' },
      },
      ...figureProperties,
    },
  },
  PortfolioTotal: {
    type: 'object',
    additionalProperties: false,
    required: ['rows', 'currency', 'total', 'months'],
    properties: { rows: count, everything: figures, ...figureProperties },
  },
  PortfolioShared: {
    type: 'object',
    additionalProperties: false,
    required: ['currency', 'total', 'months'],
    properties: { unusedCommitments: figures, ...figureProperties },
  },
  PortfolioMover: {
    type: 'object',
    additionalProperties: false,
    required: ['kind', 'lastMonth', 'monthBefore', 'difference'],
    properties: {
      ...whose,
      lastMonth: decimal,
      monthBefore: decimal,
      difference: decimal,
      change: decimal,
    },
  },
  Portfolio: {
    type: 'object',
    additionalProperties: false,
    required: [
      'headline',
      'by',
      'basis',
      'environments',
      'currencies',
      'months',
      'missing',
      'entities',
      'rows',
      'totals',
      'movers',
      'freshness',
    ],
    properties: {
      headline: { $ref: '#/components/schemas/Headline' },
      by: { $ref: '#/components/schemas/PortfolioBy' },
      basis: { $ref: '#/components/schemas/CostBasis' },
      environment: { type: 'string' },
      environments: { type: 'array', items: { type: 'string' } },
      currencies: { type: 'array', items: { type: 'string' } },
      months: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['month', 'state'],
          properties: {
            month,
            state: {
              type: 'string',
              enum: ['complete', 'incomplete', 'unknown'],
            },
          },
        },
      },
      compared: {
        type: 'object',
        additionalProperties: false,
        required: ['lastMonth'],
        properties: { lastMonth: month, monthBefore: month },
      },
      toDate: {
        type: 'object',
        additionalProperties: false,
        required: ['from', 'to'],
        properties: {
          from: { $ref: '#/components/schemas/Day' },
          to: { $ref: '#/components/schemas/Day' },
          before: range,
        },
      },
      incompleteFrom: { $ref: '#/components/schemas/Day' },
      missing: { type: 'array', items: range },
      entities: {
        type: 'object',
        additionalProperties: false,
        required: ['counted', 'withoutCost', 'hidden'],
        properties: { counted: count, withoutCost: count, hidden: count },
      },
      rows: {
        type: 'array',
        items: { $ref: '#/components/schemas/PortfolioRow' },
      },
      nextCursor: { type: 'string' },
      totals: {
        type: 'array',
        items: { $ref: '#/components/schemas/PortfolioTotal' },
      },
      shared: {
        type: 'array',
        items: { $ref: '#/components/schemas/PortfolioShared' },
      },
      unallocated: { type: 'array', items: figures },
      movers: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['currency', 'risers', 'fallers'],
          properties: {
            currency: { $ref: '#/components/schemas/Currency' },
            risers: movers,
            fallers: movers,
          },
        },
      },
      freshness: { $ref: '#/components/schemas/Freshness' },
    },
  },
} as const;
