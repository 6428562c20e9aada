import { errorResponse } from './shared';

const name = { type: 'string', minLength: 1, maxLength: 64 } as const;
const scope = { type: 'string', minLength: 4, maxLength: 512 } as const;

/** The path of the portfolio. @internal */
export const portfolioPaths = {
  '/v1/portfolio': {
    get: {
      operationId: 'GetPortfolio',
      description:
        'What everything costs that the caller may read, by month of the charge, in at most 25 months',
      parameters: [
        {
          name: 'by',
          in: 'query',
          required: true,
          schema: { $ref: '#/components/schemas/PortfolioBy' },
        },
        {
          name: 'from',
          in: 'query',
          required: true,
          description: 'First month, inclusive',
          schema: { $ref: '#/components/schemas/Month' },
        },
        {
          name: 'to',
          in: 'query',
          required: true,
          description: 'Last month, inclusive',
          schema: { $ref: '#/components/schemas/Month' },
        },
        {
          name: 'basis',
          in: 'query',
          schema: { type: 'string', enum: ['effective', 'billed'] },
        },
        {
          name: 'environment',
          in: 'query',
          allowReserved: true,
          schema: name,
        },
        {
          name: 'currency',
          in: 'query',
          allowReserved: true,
          schema: name,
        },
        {
          name: 'search',
          in: 'query',
          allowReserved: true,
          description: 'Only rows whose name holds this text',
          schema: { type: 'string', maxLength: 200 },
        },
        {
          name: 'sort',
          in: 'query',
          schema: {
            type: 'string',
            enum: ['name', 'total', 'lastMonth', 'difference', 'toDate'],
          },
        },
        {
          name: 'order',
          in: 'query',
          schema: { type: 'string', enum: ['asc', 'desc'] },
        },
        {
          name: 'owner',
          in: 'query',
          allowReserved: true,
          description: 'Only entities of this owner, or of none',
          schema: scope,
        },
        {
          name: 'system',
          in: 'query',
          allowReserved: true,
          description: 'Only entities of this system, or of none',
          schema: scope,
        },
        {
          name: 'domain',
          in: 'query',
          allowReserved: true,
          description: 'Only entities of this domain, or of none',
          schema: scope,
        },
        {
          name: 'cursor',
          in: 'query',
          allowReserved: true,
          schema: { type: 'string', maxLength: 64 },
        },
        {
          name: 'limit',
          in: 'query',
          schema: { type: 'string', pattern: '^\\d{1,3}$' },
        },
      ],
      responses: {
        '200': {
          description: 'Rows, totals, movers, and how much of it is known',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Portfolio' },
            },
          },
        },
        default: errorResponse,
      },
    },
  },
} as const;
