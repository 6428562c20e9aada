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
  incompleteFrom: z
    .string()
    .optional()
    .describe(
      'From this day of the window on the data is incomplete: what is known of it is in the totals, not in comparisons',
    ),
  missing: z
    .array(z.object({ from: z.string(), to: z.string() }))
    .describe(
      'Days of the window, to exclusive, without data: the totals lack their cost, which is unknown, not zero',
    ),
  members: z
    .object({
      counted: z.number(),
      hidden: z
        .number()
        .describe('Members the person may not read: not in the totals'),
    })
    .optional()
    .describe('For a System, Domain or Group: whose cost was added up'),
  currencies: z.array(
    z.object({
      currency: z.string(),
      total: z.string().describe('Effective cost, an exact decimal'),
      before: z
        .string()
        .optional()
        .describe(
          'The cost of as many days right before the window as it has complete days; absent where they are not all known. Not to be compared with total: taxes and support come late, and days may be incomplete. See change',
        ),
      usage: z
        .string()
        .optional()
        .describe(
          'Usage in the complete days of the window, without taxes, support, credits, purchases and corrections',
        ),
      usageBefore: z
        .string()
        .optional()
        .describe('Usage in the days before, as usage'),
      change: z
        .string()
        .optional()
        .describe('usage against usageBefore, as a ratio: 0.1 is 10 % more'),
      series: z.array(z.object({ label: z.string(), total: z.string() })),
    }),
  ),
});
