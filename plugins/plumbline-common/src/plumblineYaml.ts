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

/**
 * The schema of `.plumbline.yaml`: which paths of the repository belong to which entity, the monthly budgets it sets
 * itself, and what its costs are held against.
 *
 * A path is a file, a folder, or ends with `/**` for everything below a folder.
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
