import { errorResponse } from './shared';

/** The paths of bills beside their invoices. @internal */
export const reconcilePaths = {
  '/v1/reconcile': {
    get: {
      operationId: 'GetReconciliation',
      description:
        'Each billing month of each source beside its invoices; for those who may read all costs',
      parameters: [
        {
          name: 'from',
          in: 'query',
          description: 'First billing month',
          schema: { type: 'string', pattern: '^\\d{4}-\\d{2}$' },
        },
        {
          name: 'to',
          in: 'query',
          description: 'Last billing month, inclusive',
          schema: { type: 'string', pattern: '^\\d{4}-\\d{2}$' },
        },
      ],
      responses: {
        '200': {
          description: 'Months, the newest first',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Reconciliation' },
            },
          },
        },
        default: errorResponse,
      },
    },
  },
  '/v1/invoices': {
    put: {
      operationId: 'EnterInvoice',
      description:
        'Adds what a person read on an invoice; without an amount it withdraws what was entered before',
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/InvoiceInput' },
          },
        },
      },
      responses: {
        '204': { description: 'It was entered' },
        default: errorResponse,
      },
    },
  },
} as const;
