import { entityParameters, errorResponse } from './shared';

/** The path of what figures are made of. @internal */
export const chargesPaths = {
  '/v1/entities/{kind}/{namespace}/{name}/charges': {
    get: {
      operationId: 'GetCharges',
      description:
        'The charges that make up exactly one figure of the entity’s costs: how it comes about, and its rows page by page',
      parameters: [
        ...entityParameters,
        {
          name: 'from',
          in: 'query',
          required: true,
          description: 'First day of charge, inclusive',
          schema: { $ref: '#/components/schemas/Day' },
        },
        {
          name: 'to',
          in: 'query',
          required: true,
          description: 'Last day of charge, exclusive',
          schema: { $ref: '#/components/schemas/Day' },
        },
        {
          name: 'currency',
          in: 'query',
          required: true,
          schema: { type: 'string', pattern: '^[A-Z][A-Z0-9]{2,15}$' },
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
          // A blank comes as a plus.
          allowReserved: true,
          description: 'Only this environment',
          schema: { type: 'string', minLength: 1, maxLength: 64 },
        },
        {
          name: 'service',
          in: 'query',
          // A blank comes as a plus.
          allowReserved: true,
          description: 'Only this service: the key of a series',
          schema: { type: 'string', minLength: 1, maxLength: 255 },
        },
        {
          name: 'resource',
          in: 'query',
          // A blank comes as a plus.
          allowReserved: true,
          description: 'Only this resource: the key of a series',
          schema: { type: 'string', minLength: 1, maxLength: 4096 },
        },
        {
          name: 'category',
          in: 'query',
          // A blank comes as a plus.
          allowReserved: true,
          description: 'Only this FOCUS ChargeCategory',
          schema: { type: 'string', minLength: 1, maxLength: 32 },
        },
        {
          name: 'cursor',
          in: 'query',
          allowReserved: true,
          description: 'nextCursor of the page before',
          schema: { type: 'string', minLength: 1, maxLength: 512 },
        },
        {
          name: 'limit',
          in: 'query',
          schema: { type: 'string', pattern: '^\\d{1,4}$' },
        },
      ],
      responses: {
        '200': {
          description:
            'The figure, where it comes from, and a page of its rows',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/EntityCharges' },
            },
          },
        },
        default: errorResponse,
      },
    },
  },
} as const;
