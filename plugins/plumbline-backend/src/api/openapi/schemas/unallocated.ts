const decimal = { $ref: '#/components/schemas/DecimalString' } as const;
const day = { $ref: '#/components/schemas/Day' } as const;
const count = { $ref: '#/components/schemas/Count' } as const;

/** What `unallocated` answers. @internal */
export const unallocatedSchemas = {
  BucketName: { type: 'string', enum: ['unallocated', 'shared'] },
  UnallocatedGroupBy: {
    type: 'string',
    enum: ['account', 'service', 'category', 'tag', 'resource'],
  },
  BucketFilters: {
    type: 'object',
    additionalProperties: false,
    properties: {
      account: { type: 'string', maxLength: 255 },
      service: { type: 'string', maxLength: 255 },
      category: { type: 'string', maxLength: 32 },
      tag: { type: 'string', minLength: 1, maxLength: 2048 },
      search: { type: 'string', minLength: 1, maxLength: 255 },
    },
  },
  UnallocatedGroup: {
    type: 'object',
    additionalProperties: false,
    required: ['label', 'total', 'resources'],
    properties: {
      key: { type: 'string' },
      label: { type: 'string' },
      kind: { type: 'string', enum: ['untagged', 'waste'] },
      total: decimal,
      share: decimal,
      change: decimal,
      resources: count,
      detail: {
        type: 'object',
        additionalProperties: false,
        required: ['provider', 'accountId', 'resourceId'],
        properties: {
          provider: { type: 'string' },
          accountId: { type: 'string' },
          resourceId: { type: 'string' },
          region: { type: 'string' },
          type: { type: 'string' },
        },
      },
      filters: { $ref: '#/components/schemas/BucketFilters' },
    },
  },
  UnallocatedCosts: {
    type: 'object',
    additionalProperties: false,
    required: [
      'bucket',
      'basis',
      'groupBy',
      'from',
      'to',
      'currencies',
      'total',
      'resources',
      'groups',
      'groupCount',
      'missing',
      'freshness',
    ],
    properties: {
      bucket: { $ref: '#/components/schemas/BucketName' },
      basis: { $ref: '#/components/schemas/CostBasis' },
      groupBy: { $ref: '#/components/schemas/UnallocatedGroupBy' },
      tagKey: { type: 'string' },
      from: day,
      to: day,
      currencies: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['currency', 'total'],
          properties: {
            currency: { $ref: '#/components/schemas/Currency' },
            total: decimal,
          },
        },
      },
      currency: { $ref: '#/components/schemas/Currency' },
      total: decimal,
      resources: count,
      comparison: {
        type: 'object',
        additionalProperties: false,
        required: ['from', 'to', 'total'],
        properties: { from: day, to: day, total: decimal, change: decimal },
      },
      withoutDetail: decimal,
      groups: {
        type: 'array',
        items: { $ref: '#/components/schemas/UnallocatedGroup' },
      },
      groupCount: count,
      nextCursor: { type: 'string' },
      incompleteFrom: day,
      missing: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['from', 'to'],
          properties: { from: day, to: day },
        },
      },
      freshness: { $ref: '#/components/schemas/Freshness' },
    },
  },
  TagKeys: {
    type: 'object',
    additionalProperties: false,
    required: ['total', 'items'],
    properties: {
      currency: { $ref: '#/components/schemas/Currency' },
      total: decimal,
      items: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['key', 'total', 'resources'],
          properties: {
            key: { type: 'string' },
            total: decimal,
            share: decimal,
            resources: count,
          },
        },
      },
    },
  },
} as const;
