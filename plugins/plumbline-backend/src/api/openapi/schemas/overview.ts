const headline = {
  state: { $ref: '#/components/schemas/CardState' },
  reason: { type: 'string', minLength: 1 },
} as const;

/** What `overview` and `overviews` answer. @internal */
export const overviewSchemas = {
  CardState: {
    type: 'string',
    enum: ['ok', 'needs-attention', 'cannot-tell', 'not-set-up'],
  },
  Headline: {
    type: 'object',
    additionalProperties: false,
    required: ['state', 'reason'],
    properties: headline,
  },
  CurrencyHeadline: {
    type: 'object',
    additionalProperties: false,
    required: ['currency', 'monthToDate', 'daily'],
    properties: {
      currency: { $ref: '#/components/schemas/Currency' },
      monthToDate: { $ref: '#/components/schemas/DecimalString' },
      usageToDate: { $ref: '#/components/schemas/DecimalString' },
      sameDaysBefore: { $ref: '#/components/schemas/DecimalString' },
      change: { $ref: '#/components/schemas/DecimalString' },
      lastMonth: { $ref: '#/components/schemas/DecimalString' },
      shared: {
        type: 'object',
        additionalProperties: false,
        required: ['amount'],
        properties: {
          amount: { $ref: '#/components/schemas/DecimalString' },
          partner: { $ref: '#/components/schemas/SharePartner' },
          weight: { $ref: '#/components/schemas/ShareWeight' },
        },
      },
      daily: {
        type: 'array',
        maxItems: 30,
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['day', 'amount'],
          properties: {
            day: { $ref: '#/components/schemas/Day' },
            amount: { $ref: '#/components/schemas/DecimalString' },
          },
        },
      },
    },
  },
  CostHeadline: {
    type: 'object',
    additionalProperties: false,
    required: [
      'state',
      'reason',
      'basis',
      'environments',
      'currencies',
      'freshness',
    ],
    properties: {
      ...headline,
      basis: { $ref: '#/components/schemas/CostBasis' },
      environments: { type: 'string', enum: ['production', 'all'] },
      claimed: { type: 'boolean' },
      members: { $ref: '#/components/schemas/Members' },
      currencies: {
        type: 'array',
        items: { $ref: '#/components/schemas/CurrencyHeadline' },
      },
      converted: { $ref: '#/components/schemas/ConvertedHeadline' },
      unitCost: { $ref: '#/components/schemas/UnitCostHeadline' },
      freshness: { $ref: '#/components/schemas/Freshness' },
    },
  },
  EntityOverview: {
    type: 'object',
    additionalProperties: false,
    required: ['entityRef', 'scope'],
    properties: {
      entityRef: { $ref: '#/components/schemas/EntityRef' },
      scope: { type: 'string', enum: ['own', 'rollup'] },
      cost: { $ref: '#/components/schemas/CostHeadline' },
      drift: { $ref: '#/components/schemas/Headline' },
      policy: { $ref: '#/components/schemas/Headline' },
      provenance: { $ref: '#/components/schemas/Headline' },
    },
  },
  EntityOverviews: {
    type: 'object',
    additionalProperties: false,
    required: ['items'],
    properties: {
      items: {
        type: 'array',
        items: { $ref: '#/components/schemas/EntityOverview' },
      },
    },
  },
} as const;
