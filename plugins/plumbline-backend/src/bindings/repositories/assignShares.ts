import {
  toEntityRef,
  type DecimalString,
  type EntityRef,
  type PlumblineYamlShares,
} from '@plumbline/backstage-plugin-plumbline-common';
import { parseWeight } from '../../cost/split/parseWeight';
import { dayFromText } from '../../database';

/** Who bears an entity's cost, with days since 1970-01-01. */
export interface AssignedShares {
  kind: 'share';
  entityRef: EntityRef;
  by: 'equal' | 'fixed' | 'usage';
  metric?: string;
  consumers: { entityRef: EntityRef; weight: DecimalString }[];
  from?: number;
  to?: number;
}

/**
 * Reads whom a file lets bear an entity's cost.
 *
 * @returns what is wrong, where something is
 */
export function assignShares(
  entityRef: EntityRef,
  { by, metric, consumers, ...dates }: PlumblineYamlShares,
): AssignedShares | string {
  const refs = consumers.map(({ entity }) => refOf(entity));
  if (refs.includes(undefined)) {
    return 'names a consumer in another way than kind:namespace/name';
  }
  if (new Set(refs).size < refs.length) {
    return 'names a consumer twice';
  }
  const [from, to] = [dates.from, dates.to].map(day => day && dayOf(day));
  if (from === '' || to === '' || (from && to && from >= to)) {
    return "has shares whose 'from' or 'to' is no day, or whose 'to' does not lie after 'from'";
  }
  const weights = consumers.map(({ weight }) => parseWeight(weight ?? 1));
  if (weights.includes(undefined)) {
    return 'has a weight of more than 9 decimals';
  }
  return {
    kind: 'share',
    entityRef,
    by,
    ...(metric !== undefined && { metric }),
    consumers: refs.flatMap((ref, index) => {
      const weight = weights[index];
      return ref && weight ? [{ entityRef: ref, weight }] : [];
    }),
    ...(from && { from }),
    ...(to && { to }),
  };
}

/** Empty where there is no such day. */
function dayOf(text: string): number | '' {
  try {
    return dayFromText(text);
  } catch {
    // Text of somebody else's file: the caller reports it with its line.
    return '';
  }
}

/** A reference that is written in full; undefined for any other text. */
export function refOf(key: string): EntityRef | undefined {
  try {
    return /^[^:]+:[^/]+\/.+$/.test(key) ? toEntityRef(key) : undefined;
  } catch {
    // Text of somebody else's file: the caller reports it with its line.
    return undefined;
  }
}
