import { errorResponse } from './shared';

/** The path of budgets. @internal */
export const budgetsPaths = {
  '/v1/budgets': {
    get: {
      operationId: 'GetBudgets',
      description:
        'Budgets of entities whose costs the caller may read, and how they stand',
      parameters: [
        {
          name: 'entityRef',
          in: 'query',
          allowReserved: true,
          schema: { $ref: '#/components/schemas/EntityRef' },
        },
        {
          name: 'state',
          in: 'query',
          schema: { $ref: '#/components/schemas/BudgetState' },
        },
        {
          name: 'cursor',
          in: 'query',
          allowReserved: true,
          description: 'nextCursor of the page before',
          schema: { type: 'string', maxLength: 600 },
        },
        {
          name: 'limit',
          in: 'query',
          description: 'From 1 to 200; 50 by default',
          schema: { type: 'string', pattern: '^\\d{1,3}$' },
        },
      ],
      responses: {
        '200': {
          description: 'A page of budgets, by entity',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/BudgetsPage' },
            },
          },
        },
        default: errorResponse,
      },
    },
  },
} as const;
