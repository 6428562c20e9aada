/** The three parts of an entity reference in a path. @internal */
export const entityParameters = [
  { name: 'kind', in: 'path', required: true, schema: { type: 'string' } },
  { name: 'namespace', in: 'path', required: true, schema: { type: 'string' } },
  { name: 'name', in: 'path', required: true, schema: { type: 'string' } },
] as const;

/** An answer that is no success. @internal */
export const errorResponse = {
  description: 'Why it was not answered, in Backstage’s error shape',
  content: {
    'application/json': { schema: { $ref: '#/components/schemas/Error' } },
  },
} as const;
