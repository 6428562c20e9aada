import { z } from 'zod/v3';

/** What `get-entity-cost` takes. @internal */
export const getEntityCostInput = z.object({
  entityRef: z
    .string()
    .describe(
      'The entity as kind:namespace/name, such as component:default/checkout',
    ),
  from: z.string().describe('First day, YYYY-MM-DD'),
  to: z.string().describe('The day after the last one, YYYY-MM-DD'),
  groupBy: z
    .enum(['service', 'resource', 'environment', 'none'])
    .optional()
    .describe('What to break the cost down by; service where absent'),
});

/** What `get-entity-cost` gives. @internal */
export const getEntityCostOutput = z.object({
  state: z.string().describe('ok, needs-attention, cannot-tell or not-set-up'),
  reason: z.string().describe('Why, in a sentence'),
  dataThrough: z
    .string()
    .optional()
    .describe(
      'The last day with complete data; later days are unknown, not zero',
    ),
  currencies: z.array(
    z.object({
      currency: z.string(),
      total: z.string().describe('Effective cost, an exact decimal'),
      before: z
        .string()
        .optional()
        .describe('The cost of as many days right before'),
      series: z.array(z.object({ label: z.string(), total: z.string() })),
    }),
  ),
});
