import { errorResponse } from './shared';

/** The paths of suggested bindings. @internal */
export const suggestionsPaths = {
  '/v1/binding-suggestions': {
    get: {
      operationId: 'GetBindingSuggestions',
      description:
        'Who resources that nobody claims probably belong to; for administrators',
      parameters: [
        {
          name: 'confidence',
          in: 'query',
          schema: { $ref: '#/components/schemas/SuggestionConfidence' },
        },
        {
          name: 'account',
          in: 'query',
          allowReserved: true,
          schema: { type: 'string', minLength: 1, maxLength: 255 },
        },
        {
          name: 'cursor',
          in: 'query',
          description: 'Of the page before, as it was answered',
          schema: { type: 'string', pattern: '^\\d{1,9}$' },
        },
        {
          name: 'limit',
          in: 'query',
          schema: { type: 'string', pattern: '^\\d{1,3}$' },
          description: '1 to 200; 50 where absent',
        },
      ],
      responses: {
        '200': {
          description: 'One page of suggestions',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/BindingSuggestions' },
            },
          },
        },
        default: errorResponse,
      },
    },
  },
  '/v1/binding-proposals/preview': {
    post: {
      operationId: 'PreviewBindingProposal',
      description:
        'What accepting suggestions would change in catalog files; writes nothing; for administrators',
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              additionalProperties: false,
              required: ['suggestionIds'],
              properties: {
                suggestionIds: {
                  type: 'array',
                  minItems: 1,
                  maxItems: 200,
                  items: { type: 'string', pattern: '^\\d{1,10}$' },
                },
              },
            },
          },
        },
      },
      responses: {
        '200': {
          description:
            'The changes as diffs, and what is left to be done by hand',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ProposalPreview' },
            },
          },
        },
        default: errorResponse,
      },
    },
  },
} as const;
