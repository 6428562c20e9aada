const text = { type: 'string' } as const;
const decimal = { $ref: '#/components/schemas/DecimalString' } as const;
const instant = { $ref: '#/components/schemas/Instant' } as const;
const currency = {
  type: 'string',
  pattern: '^[A-Z][A-Z0-9]{2,15}$',
} as const;
const month = { type: 'string', pattern: '^\\d{4}-\\d{2}$' } as const;

/** What `reconcile` answers, and what `invoices` takes. @internal */
export const reconcileSchemas = {
  InvoiceInput: {
    type: 'object',
    additionalProperties: false,
    required: ['source', 'month', 'currency', 'note'],
    properties: {
      source: { type: 'string', minLength: 1, maxLength: 255 },
      month,
      currency,
      invoiceId: { type: 'string', maxLength: 255 },
      amount: decimal,
      note: { type: 'string', maxLength: 1000 },
    },
  },
  InvoiceEntry: {
    type: 'object',
    additionalProperties: false,
    required: ['note', 'enteredBy', 'enteredAt'],
    properties: {
      amount: decimal,
      note: text,
      enteredBy: text,
      enteredAt: instant,
    },
  },
  ReconciledInvoice: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'history'],
    properties: {
      id: text,
      issuer: text,
      billed: decimal,
      entered: decimal,
      difference: decimal,
      history: {
        type: 'array',
        items: { $ref: '#/components/schemas/InvoiceEntry' },
      },
    },
  },
  ReconciledMonth: {
    type: 'object',
    additionalProperties: false,
    required: [
      'source',
      'title',
      'month',
      'currency',
      'publishedAt',
      'billed',
      'entities',
      'shared',
      'unallocated',
      'remainder',
      'addsUp',
      'state',
      'hints',
      'invoices',
    ],
    properties: {
      source: text,
      title: text,
      month,
      currency: { $ref: '#/components/schemas/Currency' },
      publishedAt: instant,
      dataThrough: { $ref: '#/components/schemas/Day' },
      billed: decimal,
      entities: decimal,
      shared: decimal,
      unallocated: decimal,
      remainder: decimal,
      addsUp: { type: 'boolean' },
      state: {
        type: 'string',
        enum: ['matches', 'differs', 'no-invoice', 'incomplete'],
      },
      invoiceTotal: decimal,
      invoiceFrom: { type: 'string', enum: ['entered', 'export', 'both'] },
      difference: decimal,
      hints: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['reason', 'amount'],
          properties: {
            reason: {
              type: 'string',
              enum: [
                'without-invoice',
                'corrections',
                'tax',
                'credits',
                'not-billed',
              ],
            },
            amount: decimal,
          },
        },
      },
      invoices: {
        type: 'array',
        items: { $ref: '#/components/schemas/ReconciledInvoice' },
      },
    },
  },
  ReconciledStatement: {
    type: 'object',
    additionalProperties: false,
    required: [
      'month',
      'currency',
      'closedAt',
      'closing',
      'restatements',
      'restated',
      'total',
      'exported',
      'difference',
      'agrees',
      'invoices',
      'reasons',
    ],
    properties: {
      month,
      currency: { $ref: '#/components/schemas/Currency' },
      closedAt: instant,
      closing: decimal,
      restatements: { $ref: '#/components/schemas/Count' },
      restated: decimal,
      total: decimal,
      exported: decimal,
      difference: decimal,
      agrees: { type: 'boolean' },
      invoiceTotal: decimal,
      invoices: { type: 'string', enum: ['match', 'differ', 'not-known'] },
      reasons: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['reason', 'source', 'title'],
          properties: {
            reason: {
              type: 'string',
              enum: ['not-restated', 'retired', 'emptied'],
            },
            source: text,
            title: text,
          },
        },
      },
    },
  },
  Reconciliation: {
    type: 'object',
    additionalProperties: false,
    required: ['months', 'statements', 'mayEnter'],
    properties: {
      statements: {
        type: 'array',
        items: { $ref: '#/components/schemas/ReconciledStatement' },
      },
      months: {
        type: 'array',
        items: { $ref: '#/components/schemas/ReconciledMonth' },
      },
      mayEnter: { type: 'boolean' },
    },
  },
} as const;
