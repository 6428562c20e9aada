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
  const manifest = parse(text);
  const blobs = list(manifest.blobs).map(blob =>
    isObject(blob) ? blob.blobName : undefined,
  );
  return [...list(manifest.dataFiles), ...list(manifest.reportKeys), ...blobs]
    .filter((name): name is string => typeof name === 'string')
    .map(name => name.split('/').pop() ?? name);
}

/**
 * When the run that wrote the manifest was asked for: `runInfo.submittedTime` of Azure Cost Management. Its
 * files hold nothing later, whenever they were copied.
 *
 * @throws InputError when the text is no JSON object
 * @internal
 */
export function timeOfManifest(text: string): Date | undefined {
  const { runInfo } = parse(text);
  const said = isObject(runInfo) ? runInfo.submittedTime : undefined;
  const time = typeof said === 'string' ? Date.parse(said) : NaN;
  return Number.isNaN(time) ? undefined : new Date(time);
}

function parse(text: string): JsonObject {
  let manifest: JsonValue;
  try {
    manifest = JSON.parse(text);
  } catch (error) {
    throw new InputError('The manifest is not JSON', error);
  }
  if (!isObject(manifest)) {
    throw new InputError('The manifest is not a JSON object');
  }
  return manifest;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}
