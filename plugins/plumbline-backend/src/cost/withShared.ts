import type {
  CostHeadline,
  CurrencyHeadline,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import { nanosToDecimal } from '../database';
import type { EntityRecord } from '../permissions';
import type { Environment } from './Dimensions';
import type { ReceivedShare, ShareStore } from './split';

/**
 * Says on headlines how much of the month is others' cost. Where it all comes from one, that one is named; whoever
 * shows it leaves out whom the caller may not see.
 *
 * @internal
 */
export async function withShared(options: {
  headlines: ReadonlyMap<EntityRef, CostHeadline>;
  /** Those that have costs of their own. */
  entities: readonly EntityRecord[];
  shares: ShareStore;
  environments: ReadonlyMap<number, Environment>;
  currencies: ReadonlyMap<number, string>;
}): Promise<ReadonlyMap<EntityRef, CostHeadline>> {
  const { headlines, entities, environments, currencies } = options;
  const monthOf = (ref: EntityRef) =>
    headlines.get(ref)?.freshness.dataThrough?.slice(0, 7);
  const received = await options.shares.listReceived(
    entities.map(({ id }) => id),
    [...new Set(entities.flatMap(({ ref }) => monthOf(ref) ?? []))],
  );
  const refs = new Map(entities.map(({ id, ref }) => [id, ref]));
  const byEntity = new Map<EntityRef, ReceivedShare[]>();
  for (const share of received) {
    const ref = refs.get(share.entity);
    if (ref && share.month === monthOf(ref)) {
      byEntity.set(ref, [...(byEntity.get(ref) ?? []), share]);
    }
  }
  const result = new Map(headlines);
  for (const [ref, shares] of byEntity) {
    const headline = headlines.get(ref);
    const counted = shares.filter(
      ({ environment }) =>
        headline?.environments !== 'production' ||
        environments.get(environment)?.production,
    );
    if (headline && counted.length > 0) {
      result.set(ref, {
        ...headline,
        currencies: headline.currencies.map(currency => {
          const shared = sharedOf(
            counted.filter(
              one => currencies.get(one.currency) === currency.currency,
            ),
          );
          return { ...currency, ...(shared && { shared }) };
        }),
      });
    }
  }
  return result;
}

function sharedOf(
  shares: readonly ReceivedShare[],
): CurrencyHeadline['shared'] {
  const [first, ...others] = shares;
  if (!first) {
    return undefined;
  }
  const { partner, weight, weightTotal } = first;
  const one = others.every(
    other => JSON.stringify(other.partner) === JSON.stringify(partner),
  );
  const alike = others.every(
    other => other.weight === weight && other.weightTotal === weightTotal,
  );
  return {
    amount: nanosToDecimal(
      shares.reduce((sum, { effective }) => sum + effective, 0n),
    ),
    ...(one && { partner }),
    ...(one &&
      alike &&
      weightTotal !== '0' && { weight: { part: weight, of: weightTotal } }),
  };
}
