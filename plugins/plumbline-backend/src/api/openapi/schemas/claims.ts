const text = { type: 'string' } as const;
const pair = {
  type: 'object',
  additionalProperties: false,
  required: ['key', 'value'],
  properties: { key: text, value: text },
} as const;

/** What `claims` takes and answers. @internal */
export const claimsSchemas = {
  ClaimState: {
    type: 'string',
    enum: ['open', 'accepted', 'declined', 'withdrawn', 'superseded', 'done'],
  },
  ClaimProposal: {
    type: 'object',
    additionalProperties: false,
    required: ['entityRef', 'from', 'to'],
    properties: {
      entityRef: { $ref: '#/components/schemas/EntityRef' },
      from: { $ref: '#/components/schemas/Day' },
      to: { $ref: '#/components/schemas/Day' },
      resourceIds: {
        type: 'array',
        minItems: 1,
        maxItems: 1000,
        items: { type: 'string', pattern: '^\\d{1,10}$' },
      },
      filters: { $ref: '#/components/schemas/BucketFilters' },
      note: { type: 'string', maxLength: 2000 },
    },
  },
  ClaimNote: {
    type: 'object',
    additionalProperties: false,
    properties: { note: { type: 'string', maxLength: 2000 } },
  },
  ClaimDecision: {
    type: 'object',
    additionalProperties: false,
    required: ['decision'],
    properties: {
      decision: { type: 'string', enum: ['accepted', 'declined'] },
      note: { type: 'string', maxLength: 2000 },
    },
  },
  Claim: {
    type: 'object',
    additionalProperties: false,
    required: [
      'id',
      'entityRef',
      'state',
      'proposedBy',
      'proposedAt',
      'resourceCount',
      'boundCount',
      'resources',
      'events',
      'may',
    ],
    properties: {
      id: text,
      entityRef: { $ref: '#/components/schemas/EntityRef' },
      state: { $ref: '#/components/schemas/ClaimState' },
      proposedBy: text,
      proposedAt: { $ref: '#/components/schemas/Instant' },
      note: text,
      filters: { $ref: '#/components/schemas/BucketFilters' },
      resourceCount: { $ref: '#/components/schemas/Count' },
      boundCount: { $ref: '#/components/schemas/Count' },
      resources: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['id', 'label', 'accountId'],
          properties: { id: text, label: text, accountId: text },
        },
      },
      events: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['state', 'at'],
          properties: {
            state: { $ref: '#/components/schemas/ClaimState' },
            by: text,
            at: { $ref: '#/components/schemas/Instant' },
            note: text,
          },
        },
      },
      instructions: {
        type: 'object',
        additionalProperties: false,
        required: ['tag'],
        properties: { tag: pair, annotation: pair },
      },
      may: {
        type: 'object',
        additionalProperties: false,
        required: ['withdraw', 'decide'],
        properties: {
          withdraw: { type: 'boolean' },
          decide: { type: 'boolean' },
        },
      },
    },
  },
  Claims: {
    type: 'object',
    additionalProperties: false,
    required: ['items'],
    properties: {
      items: { type: 'array', items: { $ref: '#/components/schemas/Claim' } },
      nextCursor: text,
    },
  },
} as const;
