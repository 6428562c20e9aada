import { entityParameters, errorResponse } from './shared';

/** The path of an entity's bindings. @internal */
export const bindingsPaths = {
  '/v1/entities/{kind}/{namespace}/{name}/bindings': {
    get: {
      operationId: 'GetBindings',
      description: 'Which resources and repositories belong to the entity',
      parameters: [
        ...entityParameters,
        {
          name: 'cursor',
          in: 'query',
          allowReserved: true,
          description: 'Of the page before, as it was answered',
          schema: { type: 'string', minLength: 1, maxLength: 512 },
        },
        {
          name: 'limit',
          in: 'query',
          schema: { type: 'string', pattern: '^\\d{1,3}$' },
          description: '1 to 500; 100 where absent',
        },
      ],
      responses: {
        '200': {
          description: 'One page of bindings',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/EntityBindings' },
            },
          },
        },
        default: errorResponse,
      },
    },
  },
} as const;
