/** Small schemas that all others are made of. @internal */
export const commonSchemas = {
  EntityRef: {
    type: 'string',
    description: 'kind:namespace/name, lower case',
    minLength: 5,
    maxLength: 512,
  },
  Instant: { type: 'string', format: 'date-time' },
  Day: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
  Month: { type: 'string', pattern: '^\\d{4}-\\d{2}$' },
  DayRange: {
    type: 'object',
    description: 'Days from one to another, `to` exclusive',
    additionalProperties: false,
    required: ['from', 'to'],
    properties: {
      from: { $ref: '#/components/schemas/Day' },
      to: { $ref: '#/components/schemas/Day' },
    },
  },
  DecimalString: {
    type: 'string',
    description: 'An exact decimal number',
    pattern: '^-?\\d+(\\.\\d+)?$',
  },
  Currency: { type: 'string', description: 'ISO 4217' },
  Count: { type: 'integer', minimum: 0 },
  CostBasis: { type: 'string', enum: ['effective', 'billed'] },
  Members: {
    type: 'object',
    additionalProperties: false,
    required: ['counted', 'hidden'],
    properties: {
      counted: { $ref: '#/components/schemas/Count' },
      hidden: { $ref: '#/components/schemas/Count' },
    },
  },
  FreshnessState: {
    type: 'string',
    enum: ['fresh', 'stale', 'partial', 'failing', 'paused', 'unknown'],
  },
  Freshness: {
    type: 'object',
    additionalProperties: false,
    required: ['state', 'sources'],
    properties: {
      state: { $ref: '#/components/schemas/FreshnessState' },
      dataThrough: { $ref: '#/components/schemas/Day' },
      collectedAt: { $ref: '#/components/schemas/Instant' },
      sources: { type: 'array', items: { type: 'string' } },
    },
  },
  Error: {
    type: 'object',
    description: 'Backstage’s error body',
    required: ['error', 'response'],
    properties: {
      error: {
        type: 'object',
        required: ['name', 'message'],
        properties: {
          name: { type: 'string' },
          message: { type: 'string' },
        },
      },
      request: { type: 'object' },
      response: {
        type: 'object',
        required: ['statusCode'],
        properties: { statusCode: { type: 'integer' } },
      },
    },
  },
} as const;
