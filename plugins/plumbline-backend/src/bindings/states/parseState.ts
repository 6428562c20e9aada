import { z } from 'zod';

/** Providers whose resources a bill may name. */
const CLOUDS = /^(aws|azurerm|azapi|google)_/;

/** Its id is half of a credential. */
const NEVER = new Set(['aws_iam_access_key']);

/** Ids as clouds write them: nothing else of a state is kept, and a random value may be an id as well. */
const CLOUD_IDS = [
  /^arn:aws[a-z-]*:[^\s]+$/,
  /^\/subscriptions\/[^\s]+$/i,
  /^projects\/[^\s]+$/,
  /^[a-z]{1,12}-[0-9a-f]{8}(?:[0-9a-f]{9})?$/,
];

const stateSchema = z.object({
  version: z.number(),
  resources: z
    .array(
      z.object({
        mode: z.string().optional(),
        module: z.string().optional(),
        type: z.string(),
        name: z.string(),
        instances: z
          .array(
            z.object({
              index_key: z.union([z.string(), z.number()]).nullish(),
              attributes: z
                .object({ id: z.unknown(), arn: z.unknown() })
                .partial()
                .nullish(),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
});

/** A cloud resource that a state file manages. */
export interface StateResource {
  /** `module.a.aws_lambda_function.this["b"]`. */
  address: string;
  type: string;
  /** An ARN, or an id of a cloud. */
  id: string;
}

/**
 * Reads the address, type and cloud ids of everything that a state file of Terraform or OpenTofu manages, and
 * drops all the rest at once: values, outputs, data sources and what is no cloud's.
 *
 * @returns why there is nothing to read: a sentence without its stop, that quotes nothing of the file
 */
export function parseState(
  text: string,
): { resources: StateResource[] } | { problem: string } {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // The parser's message would quote the file.
    return { problem: 'is no JSON; name the state file itself' };
  }
  const parsed = stateSchema.safeParse(content);
  if (!parsed.success) {
    return {
      problem:
        'is no state file of Terraform or OpenTofu; plans and reports are none',
    };
  }
  if (parsed.data.version !== 4) {
    return {
      problem: `is a state of version ${parsed.data.version}; only version 4 is read (Terraform 0.12 and later, OpenTofu)`,
    };
  }
  const resources = parsed.data.resources
    .filter(
      ({ mode, type }) =>
        mode === 'managed' && CLOUDS.test(type) && !NEVER.has(type),
    )
    .flatMap(({ module, type, name, instances }) =>
      instances.flatMap(({ index_key: index, attributes }) =>
        idsOf(attributes ?? {}).map(id => ({
          address: `${module ? `${module}.` : ''}${type}.${name}${
            index === undefined || index === null
              ? ''
              : `[${JSON.stringify(index)}]`
          }`,
          type,
          id,
        })),
      ),
    );
  return { resources };
}

function idsOf({ id, arn }: { id?: unknown; arn?: unknown }): string[] {
  const ids = [arn, id].filter(
    (value): value is string =>
      typeof value === 'string' &&
      value.length <= 2_048 &&
      CLOUD_IDS.some(pattern => pattern.test(value)),
  );
  return [...new Set(ids)];
}
