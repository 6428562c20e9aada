import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  toEntityRef,
  type EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';

/** A metric that costs are held against. @internal */
export interface UnitCostDefinition {
  metric: string;
  /** What is counted, in the plural. */
  label: string;
  per: number;
}

/** One that the operator set: for these entities, or for all that have values of the metric. @internal */
export interface ConfiguredUnitCost extends UnitCostDefinition {
  entities?: ReadonlySet<EntityRef>;
}

/** Costs are told for so many where nobody says otherwise. @internal */
export const DEFAULT_PER = 1_000;

/**
 * Reads `plumbline.unitCosts`.
 *
 * @throws InputError naming the key and what to write there
 * @internal
 */
export function readUnitCosts(config: Config): ConfiguredUnitCost[] {
  return (config.getOptionalConfigArray('plumbline.unitCosts') ?? []).map(
    (entry, index) => {
      const key = `plumbline.unitCosts[${index}]`;
      const metric = entry.getOptionalString('metric') ?? '';
      if (!/^[\w.:/-]{1,128}$/.test(metric)) {
        throw new InputError(
          `${key}.metric is '${metric}'; write the name of a metric as its source gives it: letters, digits and ._:/-`,
        );
      }
      const per = entry.getOptionalNumber('per') ?? DEFAULT_PER;
      if (!Number.isInteger(per) || per < 1 || per > 1_000_000_000) {
        throw new InputError(
          `${key}.per is ${per}; write a whole number from 1 to 1000000000`,
        );
      }
      const entities = entry.getOptionalStringArray('entities');
      return {
        metric,
        label: entry.getOptionalString('label') ?? metric,
        per,
        ...(entities && {
          entities: new Set(
            entities.map(text => refOf(text, `${key}.entities`)),
          ),
        }),
      };
    },
  );
}

function refOf(text: string, key: string): EntityRef {
  try {
    return toEntityRef(text);
  } catch (error) {
    throw new InputError(
      `${key} holds '${text}'; write an entity in full, such as component:default/name`,
      error,
    );
  }
}
