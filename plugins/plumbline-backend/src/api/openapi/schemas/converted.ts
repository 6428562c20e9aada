const decimal = { $ref: '#/components/schemas/DecimalString' } as const;

const converted = {
  currency: { $ref: '#/components/schemas/Currency' },
  total: decimal,
  rates: {
    type: 'array',
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['currency', 'oldest', 'newest'],
      properties: {
        currency: { $ref: '#/components/schemas/Currency' },
        oldest: { $ref: '#/components/schemas/Day' },
        newest: { $ref: '#/components/schemas/Day' },
      },
    },
  },
  stale: { type: 'boolean' },
  lacks: {
    type: 'array',
    items: { $ref: '#/components/schemas/Currency' },
  },
} as const;

/** Figures in the reporting currency. @internal */
export const convertedSchemas = {
  ConvertedCosts: {
    type: 'object',
    additionalProperties: false,
    required: ['currency', 'total', 'rates', 'stale', 'lacks', 'amounts'],
    properties: { ...converted, amounts: { type: 'array', items: decimal } },
  },
  ConvertedHeadline: {
    type: 'object',
    additionalProperties: false,
    required: ['currency', 'total', 'rates', 'stale', 'lacks'],
    properties: {
      ...converted,
      usageToDate: decimal,
      sameDaysBefore: decimal,
      change: decimal,
    },
  },
} as const;
