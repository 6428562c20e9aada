const amount = {
  currency: { $ref: '#/components/schemas/Currency' },
  effective: { $ref: '#/components/schemas/DecimalString' },
  billed: { $ref: '#/components/schemas/DecimalString' },
} as const;

const sentences = { type: 'array', items: { type: 'string' } } as const;

/** What the statements' paths answer. @internal */
export const statementsSchemas = {
  Month: { type: 'string', pattern: '^\\d{4}-\\d{2}$' },
  StatementAsOf: { type: 'string', enum: ['original', 'restated'] },
  StatementAmount: {
    type: 'object',
    additionalProperties: false,
    required: ['currency', 'effective', 'billed'],
    properties: amount,
  },
  StatementForce: {
    type: 'object',
    additionalProperties: false,
    required: ['reason', 'obstacles'],
    properties: { reason: { type: 'string' }, obstacles: sentences },
  },
  StatementMonth: {
    type: 'object',
    additionalProperties: false,
    required: ['month', 'state', 'restatements', 'totals'],
    properties: {
      month: { $ref: '#/components/schemas/Month' },
      state: { type: 'string', enum: ['open', 'blocked', 'closed'] },
      closesAt: { $ref: '#/components/schemas/Instant' },
      obstacles: sentences,
      closedAt: { $ref: '#/components/schemas/Instant' },
      afterTheFact: { type: 'boolean', enum: [true] },
      forced: { $ref: '#/components/schemas/StatementForce' },
      restatements: { $ref: '#/components/schemas/Count' },
      restatedAt: { $ref: '#/components/schemas/Instant' },
      held: sentences,
      totals: {
        type: 'array',
        items: { $ref: '#/components/schemas/StatementAmount' },
      },
    },
  },
  StatementMonths: {
    type: 'object',
    additionalProperties: false,
    required: ['items'],
    properties: {
      items: {
        type: 'array',
        items: { $ref: '#/components/schemas/StatementMonth' },
      },
      nextCursor: { type: 'string' },
    },
  },
  StatementItem: {
    type: 'object',
    additionalProperties: false,
    required: ['kind', 'entities', 'currency', 'effective', 'billed'],
    properties: {
      ...amount,
      kind: {
        type: 'string',
        enum: [
          'entity',
          'owner',
          'system',
          'domain',
          'none',
          'unnamed',
          'unallocated',
          'shared',
        ],
      },
      ref: { $ref: '#/components/schemas/EntityRef' },
      title: { type: 'string' },
      owner: { $ref: '#/components/schemas/EntityRef' },
      system: { $ref: '#/components/schemas/EntityRef' },
      domain: { $ref: '#/components/schemas/EntityRef' },
      vanished: { type: 'boolean', enum: [true] },
      entities: { $ref: '#/components/schemas/Count' },
    },
  },
  Restatement: {
    type: 'object',
    additionalProperties: false,
    required: ['number', 'statedAt', 'causes', 'changes'],
    properties: {
      number: { $ref: '#/components/schemas/Count' },
      statedAt: { $ref: '#/components/schemas/Instant' },
      causes: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['source', 'cause'],
          properties: {
            source: { type: 'string' },
            cause: {
              type: 'string',
              enum: ['delivered-again', 'added', 'made-anew'],
            },
          },
        },
      },
      changes: {
        type: 'array',
        items: { $ref: '#/components/schemas/StatementAmount' },
      },
    },
  },
  Statement: {
    type: 'object',
    additionalProperties: false,
    required: [
      'month',
      'closedAt',
      'asOf',
      'by',
      'sources',
      'totals',
      'leftOut',
      'buckets',
      'items',
      'restatements',
    ],
    properties: {
      month: { $ref: '#/components/schemas/Month' },
      closedAt: { $ref: '#/components/schemas/Instant' },
      afterTheFact: { type: 'boolean', enum: [true] },
      forced: { $ref: '#/components/schemas/StatementForce' },
      asOf: { $ref: '#/components/schemas/StatementAsOf' },
      by: { type: 'string', enum: ['owner', 'system', 'domain', 'entity'] },
      sources: sentences,
      totals: {
        type: 'array',
        items: { $ref: '#/components/schemas/StatementAmount' },
      },
      leftOut: { $ref: '#/components/schemas/Count' },
      buckets: { type: 'string', enum: ['included', 'left-out'] },
      items: {
        type: 'array',
        items: { $ref: '#/components/schemas/StatementItem' },
      },
      nextCursor: { type: 'string' },
      restatements: {
        type: 'array',
        items: { $ref: '#/components/schemas/Restatement' },
      },
      held: sentences,
    },
  },
  StatementLines: {
    type: 'object',
    additionalProperties: false,
    required: ['month', 'of', 'asOf', 'lines'],
    properties: {
      month: { $ref: '#/components/schemas/Month' },
      of: { type: 'string' },
      asOf: { $ref: '#/components/schemas/StatementAsOf' },
      lines: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: [
            'environment',
            'provider',
            'service',
            'category',
            'correction',
            'currency',
            'effective',
            'billed',
          ],
          properties: {
            ...amount,
            environment: { type: 'string' },
            provider: { type: 'string' },
            service: { type: 'string' },
            category: { type: 'string' },
            correction: { type: 'boolean' },
            commitment: { type: 'string', enum: ['Used', 'Unused'] },
          },
        },
      },
      nextCursor: { type: 'string' },
    },
  },
} as const;
