import { errorResponse } from './shared';

/** Which part of a bucket is meant. */
const selection = [
  {
    name: 'bucket',
    in: 'query',
    required: true,
    schema: { $ref: '#/components/schemas/BucketName' },
  },
  {
    name: 'from',
    in: 'query',
    required: true,
    description: 'First day of the charges, inclusive',
    schema: { $ref: '#/components/schemas/Day' },
  },
  {
    name: 'to',
    in: 'query',
    required: true,
    description: 'Last day, exclusive; at most 190 days after the first',
    schema: { $ref: '#/components/schemas/Day' },
  },
  {
    name: 'basis',
    in: 'query',
    schema: { $ref: '#/components/schemas/CostBasis' },
  },
  {
    name: 'currency',
    in: 'query',
    allowReserved: true,
    description: 'The one with the most cost where absent',
    schema: { type: 'string', minLength: 1, maxLength: 16 },
  },
  {
    name: 'account',
    in: 'query',
    // A blank comes as a plus.
    allowReserved: true,
    allowEmptyValue: true,
    description: 'Id of the account; empty for charges that name none',
    schema: { type: 'string', maxLength: 255 },
  },
  {
    name: 'service',
    in: 'query',
    // A blank comes as a plus.
    allowReserved: true,
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  },
  {
    name: 'category',
    in: 'query',
    // A blank comes as a plus.
    allowReserved: true,
    description: 'A charge category, or waste for commitments that nobody used',
    schema: { type: 'string', minLength: 1, maxLength: 32 },
  },
  {
    name: 'tag',
    in: 'query',
    // A blank comes as a plus.
    allowReserved: true,
    description:
      'key=value; key= lacks it; = carries no tag at all; =* carries any',
    schema: { type: 'string', minLength: 1, maxLength: 2048 },
  },
  {
    name: 'search',
    in: 'query',
    // A blank comes as a plus.
    allowReserved: true,
    description: 'A part of a resource’s name or id',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  },
] as const;

/** The paths of what belongs to no entity. @internal */
export const unallocatedPaths = {
  '/v1/unallocated': {
    get: {
      operationId: 'GetUnallocated',
      description: 'What unallocated or shared cost consists of',
      parameters: [
        ...selection,
        {
          name: 'groupBy',
          in: 'query',
          schema: { $ref: '#/components/schemas/UnallocatedGroupBy' },
        },
        {
          name: 'tagKey',
          in: 'query',
          // A blank comes as a plus.
          allowReserved: true,
          description: 'By whose values to group; with groupBy=tag',
          schema: { type: 'string', minLength: 1, maxLength: 512 },
        },
        {
          name: 'cursor',
          in: 'query',
          description: 'Of the page before',
          schema: { type: 'string', pattern: '^\\d{1,9}$' },
        },
        {
          name: 'limit',
          in: 'query',
          description: '1 to 1000; 50 where absent',
          schema: { type: 'string', pattern: '^\\d{1,4}$' },
        },
      ],
      responses: {
        '200': {
          description: 'One page of groups, and what all of them amount to',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/UnallocatedCosts' },
            },
          },
        },
        default: errorResponse,
      },
    },
  },
  '/v1/unallocated/tag-keys': {
    get: {
      operationId: 'GetUnallocatedTagKeys',
      description: 'Tag keys by the cost of the resources that carry them',
      parameters: selection,
      responses: {
        '200': {
          description: 'The keys, the most cost first',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/TagKeys' },
            },
          },
        },
        default: errorResponse,
      },
    },
  },
} as const;
