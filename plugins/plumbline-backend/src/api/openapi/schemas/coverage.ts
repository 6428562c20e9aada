const parts = ['total', 'proven', 'claimed', 'shared', 'unallocated'] as const;

const count = { $ref: '#/components/schemas/Count' } as const;
const amount = { $ref: '#/components/schemas/DecimalString' } as const;

const figures = {
  resources: { $ref: '#/components/schemas/CoverageCounts' },
  amounts: { $ref: '#/components/schemas/CoverageAmounts' },
  allocatedShare: amount,
} as const;

/** What `coverage` answers. @internal */
export const coverageSchemas = {
  CoverageCounts: {
    type: 'object',
    additionalProperties: false,
    required: parts,
    properties: {
      total: count,
      proven: count,
      claimed: count,
      shared: count,
      unallocated: count,
    },
  },
  CoverageAmounts: {
    type: 'object',
    additionalProperties: false,
    required: parts,
    properties: {
      total: amount,
      proven: amount,
      claimed: amount,
      shared: amount,
      unallocated: amount,
    },
  },
  Coverage: {
    type: 'object',
    additionalProperties: false,
    required: [
      'months',
      'currencies',
      'amountsVisible',
      'total',
      'accounts',
      'pending',
    ],
    properties: {
      month: { $ref: '#/components/schemas/Month' },
      currency: { $ref: '#/components/schemas/Currency' },
      months: {
        type: 'array',
        items: { $ref: '#/components/schemas/Month' },
      },
      currencies: {
        type: 'array',
        items: { $ref: '#/components/schemas/Currency' },
      },
      amountsVisible: { type: 'boolean' },
      total: {
        type: 'object',
        additionalProperties: false,
        required: ['resources'],
        properties: figures,
      },
      accounts: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['provider', 'accountId', 'resources'],
          properties: {
            provider: { type: 'string' },
            accountId: { type: 'string' },
            name: { type: 'string' },
            environment: { type: 'string' },
            dataThrough: { $ref: '#/components/schemas/Day' },
            sourceDataThrough: { $ref: '#/components/schemas/Day' },
            ...figures,
          },
        },
      },
      nextCursor: { type: 'string' },
      pending: { type: 'boolean' },
      computedAt: { $ref: '#/components/schemas/Instant' },
    },
  },
} as const;
