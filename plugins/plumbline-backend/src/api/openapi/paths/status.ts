import { errorResponse } from './shared';

/** The path of the sources' state. @internal */
export const statusPaths = {
  '/v1/status': {
    get: {
      operationId: 'GetStatus',
      description: 'Every source: last run, data through, errors, paid calls',
      responses: {
        '200': {
          description: 'All sources and the catalog',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/PlumblineStatus' },
            },
          },
        },
        default: errorResponse,
      },
    },
  },
} as const;
