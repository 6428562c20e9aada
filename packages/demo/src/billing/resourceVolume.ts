import { InputError } from '@backstage/errors';
import { CloudResource, secondaryRegion } from '../company';
import { functionVolumes, FunctionVolume } from './volumes';

/** The name that volumes are kept under. */
export function serviceOf(resource: CloudResource): string {
  return resource.tags.service ?? resource.name;
}

/** How much a function, or the function of a log group, is called. */
export function volumeOf(resource: CloudResource): FunctionVolume {
  const volume = functionVolumes[serviceOf(resource)];
  if (!volume) {
    throw new InputError(
      `No volume for '${serviceOf(
        resource,
      )}'; add it to functionVolumes in volumes.ts`,
    );
  }
  return volume;
}

/** Production in the second region, stage and dev see a part of the traffic. */
export function shareOf(resource: CloudResource): number {
  switch (resource.environment) {
    case 'stage':
      return 0.03;
    case 'dev':
      return 0.012;
    default:
      return resource.tags.service && resource.region === secondaryRegion
        ? 0.35
        : 1;
  }
}
