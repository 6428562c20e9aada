/** What `bindings` answers. @internal */
export const bindingsSchemas = {
  MatchedBy: {
    type: 'string',
    enum: [
      'operator-map',
      'ownership-tag',
      'arn',
      'resource-id',
      'name',
      'tag-selector',
      'account',
      'repository-file',
      'origin-location',
      'source-location',
      'project-slug',
    ],
  },
  Proof: { type: 'string', enum: ['proven', 'claimed'] },
  BindingTarget: {
    oneOf: [
      {
        type: 'object',
        additionalProperties: false,
        required: ['kind', 'provider', 'id'],
        properties: {
          kind: { type: 'string', enum: ['resource'] },
          provider: { type: 'string' },
          accountId: { type: 'string' },
          region: { type: 'string' },
          type: { type: 'string' },
          id: { type: 'string' },
          name: { type: 'string' },
        },
      },
      {
        type: 'object',
        additionalProperties: false,
        required: ['kind', 'host', 'repository', 'path'],
        properties: {
          kind: { type: 'string', enum: ['repository'] },
          host: { type: 'string' },
          repository: { type: 'string' },
          path: { type: 'string' },
        },
      },
    ],
  },
  Binding: {
    type: 'object',
    additionalProperties: false,
    required: [
      'id',
      'target',
      'environment',
      'matchedBy',
      'proof',
      'proofReason',
    ],
    properties: {
      id: { type: 'string' },
      target: { $ref: '#/components/schemas/BindingTarget' },
      environment: { type: 'string' },
      matchedBy: { $ref: '#/components/schemas/MatchedBy' },
      proof: { $ref: '#/components/schemas/Proof' },
      proofReason: { type: 'string' },
      validFrom: { $ref: '#/components/schemas/Instant' },
      validTo: { $ref: '#/components/schemas/Instant' },
      billed: { type: 'boolean' },
      contestedBy: {
        type: 'array',
        items: { $ref: '#/components/schemas/EntityRef' },
      },
    },
  },
  EntityBindings: {
    type: 'object',
    additionalProperties: false,
    required: ['entityRef', 'bindings', 'unresolved'],
    properties: {
      entityRef: { $ref: '#/components/schemas/EntityRef' },
      bindings: {
        type: 'array',
        items: { $ref: '#/components/schemas/Binding' },
      },
      unresolved: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['annotation', 'value', 'reason'],
          properties: {
            annotation: { type: 'string' },
            value: { type: 'string' },
            reason: { type: 'string' },
          },
        },
      },
      nextCursor: { type: 'string' },
    },
  },
} as const;
