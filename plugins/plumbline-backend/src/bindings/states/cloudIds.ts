import { createHash } from 'node:crypto';
import { canonicalResourceId } from '../claims/canonical';

/**
 * One spelling for what bills and states call a resource: Google's bills put the service's host in front of the
 * name that a state has.
 */
export function cloudIdHash(id: string): string {
  const name = id.replace(/^\/\/[a-z0-9.-]+\.googleapis\.com\//, '');
  return createHash('sha256').update(canonicalResourceId(name)).digest('hex');
}
