import { createHash } from 'crypto';
import { Environment, IacEngine } from './types';

/** Tag that proves which entity a resource belongs to. */
export const entityTag = 'plumbline:entity';

/** A made-up id that is the same for the same seed; hexadecimal. */
export function stableId(seed: string, length: number): string {
  return createHash('sha256').update(seed).digest('hex').slice(0, length);
}

const pascal = (name: string) =>
  name
    .split('-')
    .map(part => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');

/** Address of a resource within its infrastructure code. */
export function addressOf(options: {
  engine: IacEngine;
  terraformType: string;
  name: string;
  /** What a template calls the kind, such as `Function`. */
  suffix: string;
}): string {
  const { engine, terraformType, name, suffix } = options;
  switch (engine) {
    case 'terraform':
      return `${terraformType}.${name.replace(/-/g, '_')}`;
    case 'sam':
      return `${pascal(name)}${suffix}`;
    default:
      return `${name}-${suffix.toLowerCase()}`;
  }
}

/** Workspace or stack name of one environment and region. */
export function stackOf(
  name: string,
  environment: Environment,
  region: string,
): string {
  return `${name}-${environment}-${region}`;
}
