import { entityParameters, errorResponse } from './shared';

/** The paths of the four cards' headlines. @internal */
export const overviewPaths = {
  '/v1/entities/{kind}/{namespace}/{name}/overview': {
    get: {
      operationId: 'GetOverview',
      description: 'The four cards’ headlines, states and freshness',
      parameters: entityParameters,
      responses: {
        '200': {
          description: 'The headlines the caller may read',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/EntityOverview' },
            },
          },
        },
        default: errorResponse,
      },
    },
  },
  '/v1/overviews': {
    post: {
      operationId: 'GetOverviews',
      description:
        'The headlines of many entities; those the caller may not read are left out',
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              additionalProperties: false,
              required: ['entityRefs'],
              properties: {
                entityRefs: {
                  type: 'array',
                  maxItems: 200,
                  items: { $ref: '#/components/schemas/EntityRef' },
                },
              },
            },
          },
        },
      },
      responses: {
        '200': {
          description: 'One item per readable entity, in the order asked for',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/EntityOverviews' },
            },
          },
        },
        default: errorResponse,
      },
    },
  },
} as const;
