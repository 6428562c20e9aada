import { errorResponse } from './shared';

const month = {
  name: 'month',
  in: 'path',
  required: true,
  description: 'Billing month, YYYY-MM',
  schema: { type: 'string', minLength: 7, maxLength: 7 },
} as const;

const asOf = {
  name: 'as-of',
  in: 'query',
  description:
    'As the month was closed, or with every change since; with them where absent',
  schema: { type: 'string', enum: ['original', 'restated'] },
} as const;

const cursor = {
  name: 'cursor',
  in: 'query',
  allowReserved: true,
  description: 'Of the page before, as it was answered',
  schema: { type: 'string', minLength: 1, maxLength: 16 },
} as const;

const limit = {
  name: 'limit',
  in: 'query',
  description: '1 to 500; 100 where absent',
  schema: { type: 'string', pattern: '^\\d{1,3}$' },
} as const;

/** The paths of statements. @internal */
export const statementsPaths = {
  '/v1/statements': {
    get: {
      operationId: 'GetStatements',
      description:
        'Billing months, the newest first: open, waiting for something, or closed',
      parameters: [
        cursor,
        { ...limit, description: '1 to 60; 13 where absent' },
      ],
      responses: {
        '200': {
          description: 'One page of months',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/StatementMonths' },
            },
          },
        },
        default: errorResponse,
      },
    },
  },
  '/v1/statements/{month}': {
    get: {
      operationId: 'GetStatement',
      description:
        'What a closed month costs, as far as the caller may read it now',
      parameters: [
        month,
        {
          name: 'by',
          in: 'query',
          schema: {
            type: 'string',
            enum: ['owner', 'system', 'domain', 'entity'],
          },
        },
        asOf,
        {
          name: 'search',
          in: 'query',
          allowReserved: true,
          description: 'Only items whose name or title holds this',
          schema: { type: 'string', maxLength: 200 },
        },
        cursor,
        limit,
      ],
      responses: {
        '200': {
          description: 'Totals, one page of items, and every restatement',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Statement' },
            },
          },
        },
        default: errorResponse,
      },
    },
  },
  '/v1/statements/{month}/lines': {
    get: {
      operationId: 'GetStatementLines',
      description: 'The lines of one entity or bucket',
      parameters: [
        month,
        {
          name: 'of',
          in: 'query',
          required: true,
          allowReserved: true,
          description:
            'Reference of the entity, or plumbline:unallocated or plumbline:shared',
          schema: { type: 'string', minLength: 5, maxLength: 512 },
        },
        asOf,
        cursor,
        limit,
      ],
      responses: {
        '200': {
          description: 'One page of lines, by currency, the largest first',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/StatementLines' },
            },
          },
        },
        default: errorResponse,
      },
    },
  },
  '/v1/statements/{month}/csv': {
    get: {
      operationId: 'GetStatementCsv',
      description:
        'All lines the caller may read, with FOCUS’s column names: those of the closing, then those of each restatement',
      parameters: [month, asOf],
      responses: {
        '200': {
          description: 'UTF-8, RFC 4180',
          content: { 'text/csv': { schema: { type: 'string' } } },
        },
        default: errorResponse,
      },
    },
  },
  '/v1/statements/{month}/close': {
    post: {
      operationId: 'CloseStatement',
      description: 'Closes a month by hand; for administrators',
      parameters: [month],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              additionalProperties: false,
              properties: {
                force: { type: 'boolean' },
                reason: { type: 'string', maxLength: 1000 },
              },
            },
          },
        },
      },
      responses: {
        '200': {
          description: 'The month, closed; without totals',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/StatementMonth' },
            },
          },
        },
        default: errorResponse,
      },
    },
  },
} as const;
