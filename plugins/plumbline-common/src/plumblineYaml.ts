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

/**
 * The schema of `.plumbline.yaml`: which paths of the repository belong to which entity.
 *
 * A path is a file, a folder, or ends with `/**` for everything below a folder.
 *
 * @public
 */
export const plumblineYamlSchema = z.strictObject({
  version: z.literal(1),
  entities: z
    .record(z.string(), z.strictObject({ paths: z.array(path).min(1) }))
    .default({}),
});

/** What `.plumbline.yaml` says. @public */
export type PlumblineYaml = z.infer<typeof plumblineYamlSchema>;
