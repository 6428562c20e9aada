/** What `costs` answers. @internal */
export const costsSchemas = {
  CostSeries: {
    type: 'object',
    additionalProperties: false,
    required: ['key', 'label', 'total', 'amounts'],
    properties: {
      key: { type: 'string' },
      label: { type: 'string' },
      detail: {
        type: 'object',
        additionalProperties: false,
        properties: {
          provider: { type: 'string' },
          accountId: { type: 'string' },
          region: { type: 'string' },
          type: { type: 'string' },
        },
      },
      total: { $ref: '#/components/schemas/DecimalString' },
      amounts: {
        type: 'array',
        items: { $ref: '#/components/schemas/DecimalString' },
      },
    },
  },
  CurrencyCosts: {
    type: 'object',
    additionalProperties: false,
    required: [
      'currency',
      'total',
      'otherBasisTotal',
      'series',
      'byChargeCategory',
    ],
    properties: {
      currency: { $ref: '#/components/schemas/Currency' },
      total: { $ref: '#/components/schemas/DecimalString' },
      otherBasisTotal: { $ref: '#/components/schemas/DecimalString' },
      series: {
        type: 'array',
        items: { $ref: '#/components/schemas/CostSeries' },
      },
      byChargeCategory: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['category', 'total'],
          properties: {
            category: { type: 'string' },
            total: { $ref: '#/components/schemas/DecimalString' },
          },
        },
      },
      comparison: {
        type: 'object',
        additionalProperties: false,
        required: ['from', 'to', 'total', 'usage', 'usageBefore'],
        properties: {
          from: { $ref: '#/components/schemas/Day' },
          to: { $ref: '#/components/schemas/Day' },
          total: { $ref: '#/components/schemas/DecimalString' },
          usage: { $ref: '#/components/schemas/DecimalString' },
          usageBefore: { $ref: '#/components/schemas/DecimalString' },
          change: { $ref: '#/components/schemas/DecimalString' },
        },
      },
    },
  },
  CostCoverage: {
    type: 'object',
    additionalProperties: false,
    required: ['resourcesBound', 'resourcesBilled'],
    properties: {
      resourcesBound: { $ref: '#/components/schemas/Count' },
      resourcesBilled: { $ref: '#/components/schemas/Count' },
    },
  },
  EntityCosts: {
    type: 'object',
    additionalProperties: false,
    required: [
      'entityRef',
      'scope',
      'headline',
      'basis',
      'granularity',
      'groupBy',
      'from',
      'to',
      'environments',
      'periods',
      'missing',
      'currencies',
      'coverage',
      'matchedBy',
      'freshness',
      'forecast',
      'budget',
      'budgets',
      'unitCosts',
    ],
    properties: {
      entityRef: { $ref: '#/components/schemas/EntityRef' },
      scope: { type: 'string', enum: ['own', 'with-dependencies', 'rollup'] },
      headline: { $ref: '#/components/schemas/Headline' },
      basis: { $ref: '#/components/schemas/CostBasis' },
      granularity: { type: 'string', enum: ['day', 'month'] },
      groupBy: {
        type: 'string',
        enum: ['service', 'resource', 'environment', 'none'],
      },
      from: { $ref: '#/components/schemas/Day' },
      to: { $ref: '#/components/schemas/Day' },
      environment: { type: 'string' },
      environments: { type: 'array', items: { type: 'string' } },
      periods: { type: 'array', items: { $ref: '#/components/schemas/Day' } },
      incompleteFrom: { $ref: '#/components/schemas/Day' },
      missing: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['from', 'to'],
          properties: {
            from: { $ref: '#/components/schemas/Day' },
            to: { $ref: '#/components/schemas/Day' },
          },
        },
      },
      currencies: {
        type: 'array',
        items: { $ref: '#/components/schemas/CurrencyCosts' },
      },
      parts: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['entityRef', 'currency', 'total'],
          properties: {
            entityRef: { $ref: '#/components/schemas/EntityRef' },
            currency: { $ref: '#/components/schemas/Currency' },
            total: { $ref: '#/components/schemas/DecimalString' },
          },
        },
      },
      members: { $ref: '#/components/schemas/Members' },
      shares: {
        type: 'array',
        items: { $ref: '#/components/schemas/SharedCost' },
      },
      sharesProblem: { type: 'string' },
      coverage: { $ref: '#/components/schemas/CostCoverage' },
      matchedBy: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['matchedBy', 'proof', 'resources'],
          properties: {
            matchedBy: { $ref: '#/components/schemas/MatchedBy' },
            proof: { $ref: '#/components/schemas/Proof' },
            resources: { $ref: '#/components/schemas/Count' },
          },
        },
      },
      freshness: { $ref: '#/components/schemas/Freshness' },
      forecast: { $ref: '#/components/schemas/Headline' },
      budget: { $ref: '#/components/schemas/Headline' },
      budgets: {
        type: 'array',
        items: { $ref: '#/components/schemas/Budget' },
      },
      unitCosts: {
        type: 'array',
        items: { $ref: '#/components/schemas/UnitCost' },
      },
      converted: { $ref: '#/components/schemas/ConvertedCosts' },
    },
  },
} as const;
