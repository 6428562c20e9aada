/** What `status` answers. @internal */
export const statusSchemas = {
  SourceProblem: {
    type: 'object',
    additionalProperties: false,
    required: ['severity', 'message'],
    properties: {
      severity: { type: 'string', enum: ['error', 'warning'] },
      message: { type: 'string' },
      partition: { type: 'string' },
      file: { type: 'string' },
      row: { type: 'integer' },
      column: { type: 'string' },
      missingRight: { type: 'string' },
    },
  },
  CollectionRun: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'state', 'startedAt', 'rows', 'paidCalls', 'problems'],
    properties: {
      id: { type: 'string' },
      state: {
        type: 'string',
        enum: [
          'running',
          'succeeded',
          'partial',
          'failed',
          'budget-exhausted',
          'abandoned',
        ],
      },
      startedAt: { $ref: '#/components/schemas/Instant' },
      finishedAt: { $ref: '#/components/schemas/Instant' },
      rows: { $ref: '#/components/schemas/Count' },
      paidCalls: { $ref: '#/components/schemas/Count' },
      problems: {
        type: 'array',
        items: { $ref: '#/components/schemas/SourceProblem' },
      },
    },
  },
  SourceStatus: {
    type: 'object',
    additionalProperties: false,
    required: [
      'id',
      'domain',
      'title',
      'state',
      'paidCallsToday',
      'paidCallsPerDay',
    ],
    properties: {
      id: { type: 'string' },
      domain: { type: 'string', enum: ['cost', 'usage'] },
      title: { type: 'string' },
      state: { $ref: '#/components/schemas/FreshnessState' },
      dataThrough: { $ref: '#/components/schemas/Day' },
      lastRun: { $ref: '#/components/schemas/CollectionRun' },
      lastSuccessAt: { $ref: '#/components/schemas/Instant' },
      nextRunAt: { $ref: '#/components/schemas/Instant' },
      paidCallsToday: { $ref: '#/components/schemas/Count' },
      paidCallsPerDay: { $ref: '#/components/schemas/Count' },
    },
  },
  PlumblineStatus: {
    type: 'object',
    additionalProperties: false,
    required: ['sources', 'catalog'],
    properties: {
      sources: {
        type: 'array',
        items: { $ref: '#/components/schemas/SourceStatus' },
      },
      catalog: {
        type: 'object',
        additionalProperties: false,
        required: ['entities'],
        properties: {
          entities: { $ref: '#/components/schemas/Count' },
          lastPolledAt: { $ref: '#/components/schemas/Instant' },
          error: { type: 'string' },
        },
      },
    },
  },
} as const;
