import { errorResponse } from './shared';

/** The path of coverage by account. @internal */
export const coveragePaths = {
  '/v1/coverage': {
    get: {
      operationId: 'GetCoverage',
      description:
        'How much of each account’s cost in a billing month belongs to entities; for administrators',
      parameters: [
        {
          name: 'month',
          in: 'query',
          description: 'The latest where absent',
          schema: { $ref: '#/components/schemas/Month' },
        },
        {
          name: 'currency',
          in: 'query',
          allowReserved: true,
          schema: { type: 'string', minLength: 1, maxLength: 16 },
        },
        {
          name: 'cursor',
          in: 'query',
          description: 'Of the page before, as it was answered',
          schema: { type: 'string', pattern: '^\\d{1,6}$' },
        },
        {
          name: 'limit',
          in: 'query',
          schema: { type: 'string', pattern: '^\\d{1,3}$' },
          description: '1 to 500; 200 where absent',
        },
      ],
      responses: {
        '200': {
          description: 'One page of accounts, the most unallocated first',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Coverage' },
            },
          },
        },
        default: errorResponse,
      },
    },
  },
} as const;
