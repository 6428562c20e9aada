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
  SourceSchedule: {
    oneOf: [
      {
        type: 'object',
        additionalProperties: false,
        required: ['kind', 'every'],
        properties: {
          kind: { type: 'string', enum: ['interval'] },
          every: { type: 'string', description: 'ISO 8601 duration' },
        },
      },
      {
        type: 'object',
        additionalProperties: false,
        required: ['kind', 'cron'],
        properties: {
          kind: { type: 'string', enum: ['cron'] },
          cron: { type: 'string' },
        },
      },
      {
        type: 'object',
        additionalProperties: false,
        required: ['kind'],
        properties: { kind: { type: 'string', enum: ['manual'] } },
      },
    ],
  },
  SourcePause: {
    oneOf: [
      {
        type: 'object',
        additionalProperties: false,
        required: ['reason', 'since'],
        properties: {
          reason: { type: 'string', enum: ['operator'] },
          since: { $ref: '#/components/schemas/Instant' },
          by: { $ref: '#/components/schemas/EntityRef' },
        },
      },
      {
        type: 'object',
        additionalProperties: false,
        required: ['reason'],
        properties: { reason: { type: 'string', enum: ['budget'] } },
      },
    ],
  },
  SourceDetails: {
    type: 'object',
    additionalProperties: false,
    required: [
      'id',
      'domain',
      'title',
      'state',
      'paidCallsToday',
      'paidCallsPerDay',
      'schedule',
      'paidCallsLast30Days',
      'months',
      'failedMonths',
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
      schedule: { $ref: '#/components/schemas/SourceSchedule' },
      pause: { $ref: '#/components/schemas/SourcePause' },
      paidCallsLast30Days: { $ref: '#/components/schemas/Count' },
      months: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['month'],
          properties: {
            month: { $ref: '#/components/schemas/Month' },
            publishedAt: { $ref: '#/components/schemas/Instant' },
            rows: { $ref: '#/components/schemas/Count' },
          },
        },
      },
      failedMonths: {
        type: 'array',
        items: { $ref: '#/components/schemas/Month' },
      },
    },
  },
  RepositoryProblem: {
    type: 'object',
    additionalProperties: false,
    required: ['problem', 'readAt'],
    properties: {
      repository: { type: 'string' },
      problem: { type: 'string' },
      readAt: { $ref: '#/components/schemas/Instant' },
    },
  },
  IacStateStatus: {
    type: 'object',
    additionalProperties: false,
    required: ['name', 'resources', 'readAt'],
    properties: {
      name: { type: 'string' },
      resources: { $ref: '#/components/schemas/Count' },
      readAt: { $ref: '#/components/schemas/Instant' },
      problem: { type: 'string' },
    },
  },
  ExchangeRatesStatus: {
    type: 'object',
    additionalProperties: false,
    required: ['currency', 'rates'],
    properties: {
      currency: { $ref: '#/components/schemas/Currency' },
      rates: { $ref: '#/components/schemas/Count' },
      newest: { $ref: '#/components/schemas/Day' },
      readAt: { $ref: '#/components/schemas/Instant' },
      problem: { type: 'string' },
    },
  },
  PlumblineStatus: {
    type: 'object',
    additionalProperties: false,
    required: ['sources', 'catalog'],
    properties: {
      exchangeRates: { $ref: '#/components/schemas/ExchangeRatesStatus' },
      sources: {
        type: 'array',
        items: { $ref: '#/components/schemas/SourceDetails' },
      },
      catalog: {
        type: 'object',
        additionalProperties: false,
        required: [
          'entities',
          'repositories',
          'repositoryProblems',
          'iacStates',
        ],
        properties: {
          entities: { $ref: '#/components/schemas/Count' },
          lastPolledAt: { $ref: '#/components/schemas/Instant' },
          error: { type: 'string' },
          repositories: { $ref: '#/components/schemas/Count' },
          repositoryProblems: {
            type: 'array',
            items: { $ref: '#/components/schemas/RepositoryProblem' },
          },
          iacStates: {
            type: 'array',
            items: { $ref: '#/components/schemas/IacStateStatus' },
          },
        },
      },
    },
  },
} as const;
