import request from 'supertest';
import { allow, path, startPlumbline } from './__testUtils__/startPlumbline';
import { spec } from './api/openapi';

jest.setTimeout(60_000);

/** What people type and names consist of. */
const text = 'A b+c & d: e/f=g?';
const days = { from: '2026-03-01', to: '2026-03-21' };
const months = { from: '2026-02', to: '2026-03' };

interface Schema {
  $ref?: string;
  type?: string;
  enum?: unknown;
  format?: unknown;
  pattern?: string;
}

/** The schema itself where the document only points to it. */
function resolved(schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  const { schemas } = spec.components as { schemas: Record<string, Schema> };
  return name ? resolved(schemas[name]) : schema;
}

/** Whether a value may be something that a URL has signs for. */
function isFree({ type, enum: values, format, pattern }: Schema): boolean {
  return type === 'string' && !values && !format && !pattern;
}

it('lets every query parameter that is free text hold any text', () => {
  const found = Object.entries(spec.paths).flatMap(([route, methods]) =>
    Object.values(methods).flatMap(
      (operation: { parameters?: readonly object[] }) =>
        (operation.parameters ?? [])
          .map(
            parameter =>
              parameter as {
                name: string;
                in: string;
                schema: Schema;
                allowReserved?: boolean;
              },
          )
          .filter(({ in: place, schema }) => {
            return place === 'query' && isFree(resolved(schema));
          })
          .map(({ name, allowReserved }) => ({
            parameter: `${route} ${name}`,
            allowReserved,
          })),
    ),
  );
  expect(found.length).toBeGreaterThan(20);
  expect(found.filter(({ allowReserved }) => !allowReserved)).toEqual([]);
});

it.each([
  [`${path}/checkout/costs`, { ...days, environment: text }],
  [`${path}/checkout/charges`, { ...days, currency: 'USD', service: text }],
  [
    '/api/plumbline/v1/portfolio',
    { by: 'owner', ...months, search: text, environment: text },
  ],
  [
    '/api/plumbline/v1/portfolio',
    { by: 'entity', ...months, owner: 'group:default/payments' },
  ],
  ['/api/plumbline/v1/coverage', { month: '2026-03', currency: 'A+B / C' }],
  ['/api/plumbline/v1/binding-suggestions', { account: text }],
  ['/api/plumbline/v1/budgets', { entityRef: 'component:default/checkout' }],
  [
    '/api/plumbline/v1/unallocated',
    { bucket: 'unallocated', ...days, search: text, tag: `team=${text}` },
  ],
])('takes such a text where a browser sends it to %s', async (route, query) => {
  const { server } = await startPlumbline(() => allow);
  // A form writes a blank as a plus; people write signs as they are.
  for (const written of [
    String(new URLSearchParams(query)),
    String(new URLSearchParams(query))
      .replaceAll('%3A', ':')
      .replaceAll('%2F', '/'),
  ]) {
    const { status, body } = await request(server).get(`${route}?${written}`);
    // What is asked for may be unknown, but the question is understood.
    expect({ status, error: body.error }).not.toMatchObject({ status: 400 });
  }
});
