import { z } from 'zod/v3';

/** What `get-portfolio` takes. @internal */
export const getPortfolioInput = z.object({
  by: z
    .enum(['owner', 'system', 'domain', 'environment', 'entity'])
    .describe('What a row stands for'),
  from: z.string().describe('First month, YYYY-MM'),
  to: z.string().describe('Last month, YYYY-MM, inclusive'),
  environment: z.string().optional().describe('Only this environment'),
  search: z
    .string()
    .optional()
    .describe('Only rows whose name holds this text'),
  owner: z
    .string()
    .optional()
    .describe(
      'Only entities of this owner, such as group:default/shop, or none for those without one',
    ),
  sort: z
    .enum(['name', 'total', 'lastMonth', 'difference', 'toDate'])
    .optional()
    .describe('What comes first; the dearest where absent'),
});

const figures = {
  currency: z.string(),
  total: z
    .string()
    .describe('Effective cost of these months, an exact decimal'),
  lastMonth: z.string().optional().describe('In compared.lastMonth'),
  monthBefore: z.string().optional().describe('In compared.monthBefore'),
  change: z
    .string()
    .optional()
    .describe('lastMonth against monthBefore as a ratio: 0.1 is 10 % more'),
  share: z
    .string()
    .optional()
    .describe('Of everything the person may see, 0 to 1'),
};

const whose = {
  kind: z
    .string()
    .describe(
      'named: see key; none: entities without one; removed: entities that left the catalog; hidden: the catalog does not show it to the person',
    ),
  key: z.string().optional(),
};

const movers = z.array(
  z.object({
    ...whose,
    lastMonth: z.string(),
    monthBefore: z.string(),
    difference: z.string(),
  }),
);

/** What `get-portfolio` gives. @internal */
export const getPortfolioOutput = z.object({
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
    .describe('From this day on the data is incomplete'),
  missing: z
    .array(z.object({ from: z.string(), to: z.string() }))
    .describe('Days, to exclusive, without data: unknown, not zero'),
  compared: z
    .object({ lastMonth: z.string(), monthBefore: z.string().optional() })
    .optional()
    .describe('The last complete month and the one before'),
  entities: z
    .object({
      counted: z.number(),
      withoutCost: z.number(),
      hidden: z.number(),
    })
    .describe(
      'Entities that were added up, those of them without cost, and those that the person may not read, which are in no figure',
    ),
  rows: z.array(
    z.object({
      ...whose,
      ...figures,
      entities: z.object({ counted: z.number(), withoutCost: z.number() }),
      budgets: z
        .array(
          z.object({
            state: z
              .string()
              .describe('on-track, at-risk, over or cannot-tell'),
            reason: z.string(),
          }),
        )
        .optional()
        .describe(
          'The one that worries most first; absent where there is none',
        ),
    }),
  ),
  more: z.boolean().describe('Whether there are more rows than these'),
  totals: z
    .array(z.object({ ...figures, rows: z.number() }))
    .describe('Of the rows, by currency; sums never cross currencies'),
  shared: z
    .array(z.object(figures))
    .optional()
    .describe(
      'Cost without a single owner; absent where the person may not see it',
    ),
  unallocated: z
    .array(z.object(figures))
    .optional()
    .describe(
      'Usage that nobody claims; absent where the person may not see it',
    ),
  movers: z.array(
    z.object({ currency: z.string(), risers: movers, fallers: movers }),
  ),
});
