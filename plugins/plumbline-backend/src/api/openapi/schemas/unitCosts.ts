const decimal = { $ref: '#/components/schemas/DecimalString' } as const;

const sum = {
  days: { $ref: '#/components/schemas/Count' },
  cost: decimal,
  usage: decimal,
  unitCost: decimal,
} as const;

/** What `costs` and `overview` say of unit costs. @internal */
export const unitCostsSchemas = {
  UnitCostSum: {
    type: 'object',
    additionalProperties: false,
    required: ['days', 'cost', 'usage'],
    properties: sum,
  },
  UnitCostFigures: {
    type: 'object',
    additionalProperties: false,
    required: ['currency', 'days', 'cost', 'usage', 'periods'],
    properties: {
      ...sum,
      currency: { $ref: '#/components/schemas/Currency' },
      periods: {
        type: 'array',
        items: { $ref: '#/components/schemas/UnitCostSum' },
      },
      comparison: {
        type: 'object',
        additionalProperties: false,
        required: ['from', 'to', 'days'],
        properties: {
          from: { $ref: '#/components/schemas/Day' },
          to: { $ref: '#/components/schemas/Day' },
          days: { $ref: '#/components/schemas/Count' },
          change: decimal,
          costChange: decimal,
          usageChange: decimal,
          unitCost: decimal,
          unitCostBefore: decimal,
        },
      },
    },
  },
  UnitCost: {
    type: 'object',
    additionalProperties: false,
    required: [
      'metric',
      'label',
      'per',
      'state',
      'reason',
      'sources',
      'daysInWindow',
      'currencies',
    ],
    properties: {
      metric: { type: 'string' },
      label: { type: 'string' },
      per: { type: 'integer', minimum: 1 },
      state: {
        type: 'string',
        enum: [
          'known',
          'partial',
          'zero-usage',
          'no-metric-data',
          'cannot-tell',
        ],
      },
      reason: { type: 'string' },
      sources: { type: 'array', items: { type: 'string' } },
      daysInWindow: { $ref: '#/components/schemas/Count' },
      currencies: {
        type: 'array',
        items: { $ref: '#/components/schemas/UnitCostFigures' },
      },
    },
  },
  UnitCostHeadline: {
    type: 'object',
    additionalProperties: false,
    required: ['metric', 'label', 'per', 'currency', 'unitCost', 'days'],
    properties: {
      metric: { type: 'string' },
      label: { type: 'string' },
      per: { type: 'integer', minimum: 1 },
      currency: { $ref: '#/components/schemas/Currency' },
      unitCost: decimal,
      change: decimal,
      days: { $ref: '#/components/schemas/Count' },
    },
  },
} as const;
