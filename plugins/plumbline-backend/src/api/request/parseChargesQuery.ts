import { InputError } from '@backstage/errors';
import type { CostBasis } from '@plumbline/backstage-plugin-plumbline-common';
import type { ParsedChargesQuery } from '../../cost/charges';
import { parseCostQuery } from './parseCostQuery';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;

/** A query for charges as it comes over HTTP. @internal */
export interface ChargesParameters {
  from: string;
  to: string;
  currency: string;
  basis?: CostBasis;
  scope?: 'own' | 'with-dependencies';
  environment?: string;
  service?: string;
  resource?: string;
  category?: string;
  cursor?: string;
  limit?: string;
}

/**
 * Which figure to open, and which page of it.
 *
 * @throws InputError naming the field when the window makes no sense or the limit is out of range.
 * @internal
 */
export function parseChargesQuery(
  parameters: ChargesParameters,
): ParsedChargesQuery {
  const { currency, service, resource, category, cursor } = parameters;
  const { window, basis, scope, environment } = parseCostQuery(parameters);
  const limit =
    parameters.limit === undefined ? DEFAULT_LIMIT : Number(parameters.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new InputError(`'limit' must be from 1 to ${MAX_LIMIT}`);
  }
  return {
    window,
    currency,
    basis,
    scope,
    limit,
    ...(environment !== undefined && { environment }),
    ...(service !== undefined && { service }),
    ...(resource !== undefined && { resource }),
    ...(category !== undefined && { category }),
    ...(cursor !== undefined && { cursor }),
  };
}
