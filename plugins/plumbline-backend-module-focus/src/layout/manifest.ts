import { InputError } from '@backstage/errors';
import type { JsonObject, JsonValue } from '@backstage/types';

/**
 * Base names of the data files that an export's manifest lists: `dataFiles` of AWS Data Exports,
 * `reportKeys` of AWS's older reports, `blobs` of Azure Cost Management. Empty where it lists none.
 *
 * @throws InputError when the text is no JSON object
 * @internal
 */
export function filesOfManifest(text: string): string[] {
  let manifest: JsonValue;
  try {
    manifest = JSON.parse(text);
  } catch (error) {
    throw new InputError('The manifest is not JSON', error);
  }
  if (!isObject(manifest)) {
    throw new InputError('The manifest is not a JSON object');
  }
  const blobs = list(manifest.blobs).map(blob =>
    isObject(blob) ? blob.blobName : undefined,
  );
  return [...list(manifest.dataFiles), ...list(manifest.reportKeys), ...blobs]
    .filter((name): name is string => typeof name === 'string')
    .map(name => name.split('/').pop() ?? name);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}
