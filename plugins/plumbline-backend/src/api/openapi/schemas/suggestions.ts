const texts = { type: 'array', items: { type: 'string' } } as const;
const entityRefs = {
  type: 'array',
  items: { $ref: '#/components/schemas/EntityRef' },
} as const;

/** What `binding-suggestions` and `binding-proposals` answer. @internal */
export const suggestionsSchemas = {
  SuggestionConfidence: { type: 'string', enum: ['state', 'tag', 'name'] },
  BindingSuggestion: {
    type: 'object',
    additionalProperties: false,
    required: [
      'id',
      'resource',
      'entityRef',
      'confidence',
      'reason',
      'ambiguous',
      'annotation',
    ],
    properties: {
      id: { type: 'string' },
      resource: {
        type: 'object',
        additionalProperties: false,
        required: ['provider', 'accountId', 'id'],
        properties: {
          provider: { type: 'string' },
          accountId: { type: 'string' },
          region: { type: 'string' },
          type: { type: 'string' },
          id: { type: 'string' },
          name: { type: 'string' },
        },
      },
      entityRef: { $ref: '#/components/schemas/EntityRef' },
      confidence: { $ref: '#/components/schemas/SuggestionConfidence' },
      reason: { type: 'string' },
      ambiguous: { type: 'boolean' },
      annotation: {
        type: 'object',
        additionalProperties: false,
        required: ['key', 'value'],
        properties: { key: { type: 'string' }, value: { type: 'string' } },
      },
      costs: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['currency', 'amount'],
          properties: {
            currency: { $ref: '#/components/schemas/Currency' },
            amount: { $ref: '#/components/schemas/DecimalString' },
          },
        },
      },
    },
  },
  BindingSuggestions: {
    type: 'object',
    additionalProperties: false,
    required: ['items', 'hidden', 'amountsVisible', 'counts', 'accounts'],
    properties: {
      items: {
        type: 'array',
        items: { $ref: '#/components/schemas/BindingSuggestion' },
      },
      nextCursor: { type: 'string' },
      hidden: { $ref: '#/components/schemas/Count' },
      amountsVisible: { type: 'boolean' },
      counts: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['confidence', 'count'],
          properties: {
            confidence: { $ref: '#/components/schemas/SuggestionConfidence' },
            count: { $ref: '#/components/schemas/Count' },
          },
        },
      },
      accounts: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['provider', 'accountId', 'count'],
          properties: {
            provider: { type: 'string' },
            accountId: { type: 'string' },
            name: { type: 'string' },
            count: { $ref: '#/components/schemas/Count' },
          },
        },
      },
      comparedAt: { $ref: '#/components/schemas/Instant' },
    },
  },
  ProposalPreview: {
    type: 'object',
    additionalProperties: false,
    required: ['patches', 'byHand', 'gone'],
    properties: {
      patches: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['host', 'repository', 'files', 'patch'],
          properties: {
            host: { type: 'string' },
            repository: { type: 'string' },
            branch: { type: 'string' },
            files: {
              type: 'array',
              items: {
                type: 'object',
                additionalProperties: false,
                required: [
                  'path',
                  'url',
                  'diff',
                  'entityRefs',
                  'suggestionIds',
                ],
                properties: {
                  path: { type: 'string' },
                  url: { type: 'string' },
                  diff: { type: 'string' },
                  entityRefs,
                  suggestionIds: texts,
                },
              },
            },
            patch: { type: 'string' },
          },
        },
      },
      byHand: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['entityRef', 'suggestionIds', 'reason', 'lines'],
          properties: {
            entityRef: { $ref: '#/components/schemas/EntityRef' },
            suggestionIds: texts,
            reason: { type: 'string' },
            url: { type: 'string' },
            lines: { type: 'string' },
          },
        },
      },
      gone: texts,
    },
  },
} as const;
