import { errorResponse } from './shared';

const sourceId = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'Of the source, as `GET /v1/status` says it',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
} as const;

const sourceResponse = {
  description: 'The source as it is afterwards',
  content: {
    'application/json': {
      schema: { $ref: '#/components/schemas/SourceDetails' },
    },
  },
} as const;

/** The paths of the sources' state. @internal */
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
  '/v1/sources/{id}/pause': {
    post: {
      operationId: 'PauseSource',
      description: 'Lets a source rest until it is resumed',
      parameters: [sourceId],
      responses: { '200': sourceResponse, default: errorResponse },
    },
  },
  '/v1/sources/{id}/resume': {
    post: {
      operationId: 'ResumeSource',
      description: 'Lets a paused source go on at its own times',
      parameters: [sourceId],
      responses: { '200': sourceResponse, default: errorResponse },
    },
  },
  '/v1/sources/{id}/collect': {
    post: {
      operationId: 'CollectSource',
      description:
        'Starts a run as soon as a process is free, within the day’s paid calls',
      parameters: [sourceId],
      responses: { '200': sourceResponse, default: errorResponse },
    },
  },
} as const;
