import { errorResponse } from './shared';

const claimId = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'string', pattern: '^\\d{1,9}$' },
} as const;

const claim = {
  description: 'The claim as it is now',
  content: {
    'application/json': { schema: { $ref: '#/components/schemas/Claim' } },
  },
} as const;

/** The paths of claims on resources that nobody has. @internal */
export const claimsPaths = {
  '/v1/claims': {
    get: {
      operationId: 'ListClaims',
      description:
        'The caller’s own claims and those for entities of theirs; all for administrators',
      parameters: [
        {
          name: 'state',
          in: 'query',
          schema: { $ref: '#/components/schemas/ClaimState' },
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
          description: '1 to 100; 25 where absent',
          schema: { type: 'string', pattern: '^\\d{1,3}$' },
        },
      ],
      responses: {
        '200': {
          description: 'One page, the newest first',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Claims' },
            },
          },
        },
        default: errorResponse,
      },
    },
    post: {
      operationId: 'ProposeClaim',
      description: 'Proposes that unallocated resources belong to an entity',
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/ClaimProposal' },
          },
        },
      },
      responses: { '200': claim, default: errorResponse },
    },
  },
  '/v1/claims/{id}/decision': {
    post: {
      operationId: 'DecideClaim',
      description: 'Accepts or declines; for administrators',
      parameters: [claimId],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/ClaimDecision' },
          },
        },
      },
      responses: { '200': claim, default: errorResponse },
    },
  },
  '/v1/claims/{id}/withdrawal': {
    post: {
      operationId: 'WithdrawClaim',
      description: 'Takes a claim back; for its author',
      parameters: [claimId],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/ClaimNote' },
          },
        },
      },
      responses: { '200': claim, default: errorResponse },
    },
  },
} as const;
