import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  toEntityRef,
  type EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  canonicalAccountId,
  canonicalResourceId,
} from '../../bindings/claims/canonical';
import { dayFromText } from '../../database';
import { refusedShares } from './refusedShares';
import type { Consumer, ShareRule, SplitMatch, SplitRule } from './types';
import { parseWeight } from './parseWeight';

/** What the operator says of sharing. @internal */
export interface SplitConfig {
  /** Whether what repositories say in `.plumbline.yaml` counts. */
  acceptFromRepositories: boolean;
  shares: ShareRule[];
  /** In their order: the first that matches a charge counts. */
  splits: SplitRule[];
}

const CATEGORIES = ['usage', 'purchase', 'tax', 'credit', 'adjustment'];

/**
 * Reads `plumbline.allocation`.
 *
 * @throws InputError naming the key and what to write there
 * @internal
 */
export function readSplitConfig(root: Config): SplitConfig {
  const config = root.getOptionalConfig('plumbline.allocation');
  const shares = (config?.getOptionalConfigArray('shares') ?? []).map(
    (entry, index) => readShare(entry, `plumbline.allocation.shares[${index}]`),
  );
  const splits = (config?.getOptionalConfigArray('split') ?? []).map(
    (entry, index) => readSplit(entry, `plumbline.allocation.split[${index}]`),
  );
  assertUnique(
    shares.map(({ entityRef }) => entityRef),
    'plumbline.allocation.shares',
  );
  assertUnique(
    splits.map(({ name }) => name),
    'plumbline.allocation.split',
  );
  for (const [entityRef, reason] of refusedShares(shares, [])) {
    throw new InputError(
      `plumbline.allocation.shares cannot share out the cost of ${entityRef}: ${reason}`,
    );
  }
  return {
    acceptFromRepositories:
      config?.getOptionalBoolean('acceptFromRepositories') ?? true,
    shares,
    splits,
  };
}

function readShare(entry: Config, key: string): ShareRule {
  const by = oneOf(entry, 'by', ['equal', 'fixed', 'usage'] as const, key);
  const metric = entry.getOptionalString('metric');
  if ((by === 'usage') !== (metric !== undefined)) {
    throw new InputError(
      `${key} needs 'metric' where it shares by usage, and only there`,
    );
  }
  return {
    kind: 'share',
    entityRef: readRef(entry, 'entity', key),
    by,
    ...(metric !== undefined && { metric }),
    consumers: readConsumers(entry, by === 'fixed', key),
    origin: { kind: 'operator' },
    ...readDays(entry, key),
  };
}

function readSplit(entry: Config, key: string): SplitRule {
  const spread = oneOf(
    entry,
    'spread',
    ['proportional', 'equal', 'fixed', 'none'] as const,
    key,
  );
  const within = entry.has('within')
    ? oneOf(entry, 'within', ['account', 'provider'] as const, key)
    : undefined;
  const listed = entry.has('consumers');
  if (
    (spread === 'fixed' && !listed) ||
    (listed && spread !== 'fixed' && spread !== 'equal')
  ) {
    throw new InputError(
      `${key} spreads '${spread}': 'consumers' must be there for 'fixed', may be for 'equal', and for nothing else`,
    );
  }
  if (within && (spread === 'none' || listed)) {
    throw new InputError(
      `${key} has 'within', which goes with everyone's usage only: leave it out where consumers are listed or nothing is spread`,
    );
  }
  return {
    kind: 'split',
    name: entry.getString('name'),
    match: readMatch(entry.getConfig('match'), `${key}.match`),
    spread,
    ...(within && { within }),
    ...(listed && { consumers: readConsumers(entry, spread === 'fixed', key) }),
    ...readDays(entry, key),
  };
}

function readMatch(config: Config, key: string): SplitMatch {
  const list = (name: string, write = (text: string) => text) =>
    config.getOptionalStringArray(name)?.map(text => write(text).toLowerCase());
  const categories = list('categories');
  const stranger = categories?.find(text => !CATEGORIES.includes(text));
  if (stranger !== undefined) {
    throw new InputError(
      `${key}.categories holds '${stranger}', which is no ChargeCategory of FOCUS: Usage, Purchase, Tax, Credit or Adjustment`,
    );
  }
  const match: SplitMatch = {
    categories,
    services: list('services'),
    commitment: config.has('commitment')
      ? oneOf(config, 'commitment', ['Unused'] as const, key)
      : undefined,
    resourceTypes: list('resourceTypes'),
    resources: list('resources', canonicalResourceId),
    accounts: list('accounts', canonicalAccountId),
  };
  if (Object.values(match).every(part => part === undefined)) {
    throw new InputError(
      `${key} is empty; say which charges are meant, such as categories: [Tax]`,
    );
  }
  return JSON.parse(JSON.stringify(match));
}

function readConsumers(
  entry: Config,
  withWeights: boolean,
  key: string,
): Consumer[] {
  const consumers = entry
    .getConfigArray('consumers')
    .map((consumer, index): Consumer => {
      const where = `${key}.consumers[${index}]`;
      const text = consumer.getOptional('weight');
      if (withWeights !== (text !== undefined)) {
        throw new InputError(
          `${where} ${
            withWeights
              ? "needs a 'weight', such as 2"
              : "has a 'weight', which counts with 'fixed' only"
          }`,
        );
      }
      const weight = text === undefined ? '1' : parseWeight(text);
      if (weight === undefined) {
        throw new InputError(
          `${where}.weight is '${text}'; write a number above zero, with at most 9 decimals`,
        );
      }
      return { entityRef: readRef(consumer, 'entity', where), weight };
    });
  if (consumers.length === 0) {
    throw new InputError(`${key}.consumers is empty; name who bears the cost`);
  }
  assertUnique(
    consumers.map(({ entityRef }) => entityRef),
    `${key}.consumers`,
  );
  return consumers;
}

function readDays(entry: Config, key: string): { from?: number; to?: number } {
  const day = (name: 'from' | 'to') => {
    const text = entry.getOptionalString(name);
    return text === undefined ? undefined : dayFromText(text);
  };
  const from = day('from');
  const to = day('to');
  if (from !== undefined && to !== undefined && from >= to) {
    throw new InputError(
      `${key} ends on the day of 'to' and begins on that of 'from', which must lie before it`,
    );
  }
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

function readRef(config: Config, name: string, key: string): EntityRef {
  const text = config.getString(name);
  if (!/^[^:/]+:[^:/]+\/[^:/]+$/.test(text)) {
    throw new InputError(
      `${key}.${name} is '${text}'; write it in full, such as component:default/checkout-api`,
    );
  }
  return toEntityRef(text);
}

function oneOf<T extends string>(
  config: Config,
  name: string,
  values: readonly T[],
  key: string,
): T {
  const text = config.getString(name);
  const found = values.find(value => value === text);
  if (found === undefined) {
    throw new InputError(
      `${key}.${name} is '${text}'; write one of ${values.join(', ')}`,
    );
  }
  return found;
}

function assertUnique(names: readonly string[], key: string): void {
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double !== undefined) {
    throw new InputError(`${key} has '${double}' twice; leave one of the two`);
  }
}
