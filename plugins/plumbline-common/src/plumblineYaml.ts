import { z } from 'zod';

/** The name of the file in a code repository's root that Plumbline reads. @public */
export const PLUMBLINE_YAML = '.plumbline.yaml';

const path = z
  .string()
  .min(1)
  .refine(
    value => !value.startsWith('/') && !value.split('/').includes('..'),
    'a path is relative to the repository and stays inside it',
  );

const plainText = z
  .string()
  .min(1)
  .max(100)
  .refine(value => !/\p{Cc}/u.test(value), 'a name is one line of plain text');

const budget = z.strictObject({
  /** What may be spent in a calendar month; in quotes, so that no digit is lost. */
  amount: z
    .union([z.string(), z.number()])
    .transform(String)
    .refine(
      value => /^\d{1,12}(\.\d{1,9})?$/.test(value) && /[1-9]/.test(value),
      "an amount is a plain decimal number above 0, such as '1200'",
    ),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'a currency is an ISO 4217 code such as USD'),
  name: plainText.optional(),
  environment: plainText.optional(),
  basis: z.enum(['effective', 'billed']).optional(),
});

const unitCost = z.strictObject({
  metric: z
    .string()
    .regex(
      /^[\w.:/-]{1,128}$/,
      'a metric is named by letters, digits and ._:/-',
    ),
  /** What is counted, in the plural, such as `requests`. */
  label: plainText.optional(),
  /** For how many the cost is told; 1,000 by default. */
  per: z.number().int().min(1).max(1_000_000_000).optional(),
});

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written as YYYY-MM-DD');

const shares = z
  .strictObject({
    by: z.enum(['equal', 'fixed', 'usage']),
    metric: z.string().min(1).max(128).optional(),
    consumers: z
      .array(
        z.strictObject({
          entity: z.string(),
          weight: z
            .number()
            .min(1e-6, 'a weight is above zero')
            .max(1e9, 'a weight is at most a billion')
            .optional(),
        }),
      )
      .min(1)
      .max(500),
    from: day.optional(),
    to: day.optional(),
  })
  .refine(
    ({ by, metric }) => (by === 'usage') === (metric !== undefined),
    "'metric' goes with 'by: usage', and must be there",
  )
  .refine(
    ({ by, consumers }) =>
      consumers.every(
        ({ weight }) => (by === 'fixed') === (weight !== undefined),
      ),
    "each consumer has a 'weight' where 'by' is 'fixed', and only there",
  );

/**
 * The schema of `.plumbline.yaml`: which paths of the repository belong to which entity, the monthly budgets it sets
 * itself, what its costs are held against, and by whom its cost is borne where it serves others.
 *
 * A path is a file, a folder, or ends with `/**` for everything below a folder. Shares are weighted equally, by
 * fixed weights, or by what each consumer used by a metric in the month; they hold from `from` (the day they were
 * first seen where absent) up to, and without, `to`.
 *
 * @public
 */
export const plumblineYamlSchema = z.strictObject({
  version: z.literal(1),
  entities: z
    .record(
      z.string(),
      z.strictObject({
        paths: z.array(path).min(1),
        budgets: z.array(budget).max(20).optional(),
        unitCosts: z.array(unitCost).max(20).optional(),
        shares: shares.optional(),
      }),
    )
    .default({}),
});

/** What `.plumbline.yaml` says. @public */
export type PlumblineYaml = z.infer<typeof plumblineYamlSchema>;

/** A monthly budget that an entity's own repository sets. @public */
export type PlumblineYamlBudget = NonNullable<
  PlumblineYaml['entities'][string]['budgets']
>[number];

/** A metric that an entity's own repository holds its costs against. @public */
export type PlumblineYamlUnitCost = NonNullable<
  PlumblineYaml['entities'][string]['unitCosts']
>[number];

/** By whom an entity's cost is borne, as its own repository says. @public */
export type PlumblineYamlShares = NonNullable<
  PlumblineYaml['entities'][string]['shares']
>;
