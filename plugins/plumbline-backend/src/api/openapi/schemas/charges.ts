const text = { type: 'string' } as const;
const decimal = { $ref: '#/components/schemas/DecimalString' } as const;
const count = { $ref: '#/components/schemas/Count' } as const;
const day = { $ref: '#/components/schemas/Day' } as const;
const month = { type: 'string', pattern: '^\\d{4}-\\d{2}$' } as const;

/** What `charges` answers. @internal */
export const chargesSchemas = {
  ChargeRow: {
    type: 'object',
    additionalProperties: false,
    required: [
      'day',
      'month',
      'source',
      'service',
      'category',
      'correction',
      'resource',
      'effective',
      'billed',
    ],
    properties: {
      day,
      month,
      source: text,
      service: text,
      category: text,
      correction: { type: 'boolean' },
      commitment: { type: 'string', enum: ['Used', 'Unused'] },
      resource: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'provider', 'accountId'],
        properties: {
          id: text,
          name: text,
          type: text,
          region: text,
          provider: text,
          accountId: text,
        },
      },
      effective: decimal,
      billed: decimal,
      lines: count,
    },
  },
  ChargeOrigin: {
    type: 'object',
    additionalProperties: false,
    required: ['kind', 'name'],
    properties: {
      kind: { type: 'string', enum: ['file', 'query'] },
      name: text,
      rows: count,
      etag: text,
      modified: { $ref: '#/components/schemas/Instant' },
      askedAs: text,
    },
  },
  ChargeFilter: {
    type: 'object',
    additionalProperties: false,
    required: ['column', 'operator', 'values'],
    properties: {
      column: text,
      operator: { type: 'string', enum: ['in', 'not in', 'from', 'before'] },
      values: { type: 'array', items: text },
      more: count,
      days: {
        type: 'object',
        additionalProperties: false,
        required: ['from', 'to'],
        properties: { from: day, to: day },
      },
    },
  },
  ChargeSource: {
    type: 'object',
    additionalProperties: false,
    required: [
      'source',
      'title',
      'month',
      'publishedAt',
      'fingerprint',
      'total',
      'rowCount',
      'rowTotal',
      'filter',
    ],
    properties: {
      source: text,
      title: text,
      month,
      publishedAt: { $ref: '#/components/schemas/Instant' },
      fingerprint: text,
      total: decimal,
      rowCount: count,
      lineCount: count,
      rowTotal: decimal,
      shares: {
        type: 'array',
        items: { $ref: '#/components/schemas/SharedCost' },
      },
      withoutRows: {
        type: 'object',
        additionalProperties: false,
        required: ['amount', 'reason'],
        properties: {
          amount: decimal,
          reason: {
            type: 'string',
            enum: ['relinked', 'shared-by-month', 'days-forgotten'],
          },
        },
      },
      origins: {
        type: 'object',
        additionalProperties: false,
        required: ['count', 'named'],
        properties: {
          count,
          named: {
            type: 'array',
            items: { $ref: '#/components/schemas/ChargeOrigin' },
          },
        },
      },
      filter: {
        type: 'array',
        items: { $ref: '#/components/schemas/ChargeFilter' },
      },
      sql: text,
      noSqlReason: text,
    },
  },
  EntityCharges: {
    type: 'object',
    additionalProperties: false,
    required: [
      'entityRef',
      'scope',
      'from',
      'to',
      'currency',
      'basis',
      'total',
      'rowCount',
      'rows',
    ],
    properties: {
      entityRef: { $ref: '#/components/schemas/EntityRef' },
      scope: { type: 'string', enum: ['own', 'with-dependencies', 'rollup'] },
      from: day,
      to: day,
      currency: { $ref: '#/components/schemas/Currency' },
      basis: { $ref: '#/components/schemas/CostBasis' },
      total: decimal,
      rowCount: count,
      lineCount: count,
      sources: {
        type: 'array',
        items: { $ref: '#/components/schemas/ChargeSource' },
      },
      rows: {
        type: 'array',
        items: { $ref: '#/components/schemas/ChargeRow' },
      },
      nextCursor: text,
    },
  },
} as const;
