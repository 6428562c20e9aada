/** What `costs` and `overview` say of cost that is shared by rules. @internal */
export const sharesSchemas = {
  SharePartner: {
    type: 'object',
    additionalProperties: false,
    properties: {
      entityRef: { $ref: '#/components/schemas/EntityRef' },
      bucket: { type: 'string', enum: ['shared', 'unallocated'] },
    },
  },
  ShareWeight: {
    type: 'object',
    additionalProperties: false,
    required: ['part', 'of'],
    properties: {
      part: { $ref: '#/components/schemas/DecimalString' },
      of: { $ref: '#/components/schemas/DecimalString' },
    },
  },
  SharedCost: {
    type: 'object',
    additionalProperties: false,
    required: ['direction', 'month', 'currency', 'amount'],
    properties: {
      direction: { type: 'string', enum: ['received', 'given', 'kept'] },
      month: { $ref: '#/components/schemas/Month' },
      currency: { $ref: '#/components/schemas/Currency' },
      amount: { $ref: '#/components/schemas/DecimalString' },
      wholeMonth: { type: 'boolean' },
      partner: { $ref: '#/components/schemas/SharePartner' },
      rule: {
        type: 'object',
        additionalProperties: false,
        required: ['by', 'origin'],
        properties: {
          name: { type: 'string' },
          by: {
            type: 'string',
            enum: ['equal', 'fixed', 'usage', 'proportional'],
          },
          metric: { type: 'string' },
          origin: { type: 'string', enum: ['operator', 'repository'] },
          repository: { type: 'string' },
          since: { $ref: '#/components/schemas/Day' },
        },
      },
      weight: { $ref: '#/components/schemas/ShareWeight' },
      why: {
        type: 'string',
        enum: ['listed', 'no-usage', 'no-consumer', 'consumer-gone'],
      },
    },
  },
} as const;
