import { entityParameters, errorResponse } from './shared';

/** The path of an entity's costs. @internal */
export const costsPaths = {
  '/v1/entities/{kind}/{namespace}/{name}/costs': {
    get: {
      operationId: 'GetCosts',
      description: 'What the entity costs in a window of at most 800 days',
      parameters: [
        ...entityParameters,
        {
          name: 'from',
          in: 'query',
          required: true,
          description: 'First day, inclusive',
          schema: { $ref: '#/components/schemas/Day' },
        },
        {
          name: 'to',
          in: 'query',
          required: true,
          description: 'Last day, exclusive',
          schema: { $ref: '#/components/schemas/Day' },
        },
        {
          name: 'granularity',
          in: 'query',
          schema: { type: 'string', enum: ['day', 'month'] },
        },
        {
          name: 'groupBy',
          in: 'query',
          schema: {
            type: 'string',
            enum: ['service', 'resource', 'environment', 'none'],
          },
        },
        {
          name: 'basis',
          in: 'query',
          schema: { type: 'string', enum: ['effective', 'billed'] },
        },
        {
          name: 'scope',
          in: 'query',
          schema: { type: 'string', enum: ['own', 'with-dependencies'] },
        },
        {
          name: 'environment',
          in: 'query',
          allowReserved: true,
          schema: { type: 'string', minLength: 1, maxLength: 64 },
        },
      ],
      responses: {
        '200': {
          description: 'Series, totals, comparison and coverage',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/EntityCosts' },
            },
          },
        },
        default: errorResponse,
      },
    },
  },
} as const;
