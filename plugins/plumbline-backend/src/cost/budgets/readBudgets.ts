import { parseEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  toEntityRef,
  type BudgetPeriod,
  type CostBasis,
  type EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import { isMonth } from '../../database';
import { hasCosts } from '../CountedEntities';
import type { BudgetDefinition } from './types';

/** Whose costs a budget may count, by the key that says so. */
const SCOPES = {
  entity: undefined,
  system: 'system',
  domain: 'domain',
  owner: 'group',
} as const;

/**
 * Reads `plumbline.budgets`.
 *
 * @throws InputError naming the key and what to write there
 * @internal
 */
export function readBudgets(config: Config): BudgetDefinition[] {
  const seen = new Map<string, string>();
  return (config.getOptionalConfigArray('plumbline.budgets') ?? []).map(
    (entry, index) => {
      const key = `plumbline.budgets[${index}]`;
      const budget = readBudget(entry, key);
      const { entityRef, environment, currency, period, basis, name } = budget;
      const alike = JSON.stringify([
        entityRef,
        environment,
        currency,
        period,
        basis,
        name,
      ]);
      const other = seen.get(alike);
      if (other) {
        throw new InputError(
          `${key} and ${other} are budgets for the same; give each a name of its own, or leave one out`,
        );
      }
      seen.set(alike, key);
      return budget;
    },
  );
}

function readBudget(entry: Config, key: string): BudgetDefinition {
  const name = entry.getOptionalString('name');
  const environment = entry.getOptionalString('environment');
  const fromMonth = readMonth(entry, 'from', key);
  const toMonth = readMonth(entry, 'to', key);
  if (fromMonth && toMonth && fromMonth > toMonth) {
    throw new InputError(
      `${key}.to is ${toMonth}, before ${key}.from, ${fromMonth}; it is the last month the budget is for`,
    );
  }
  return {
    origin: 'config',
    entityRef: readScope(entry, key),
    ...(name && { name }),
    ...(environment && { environment }),
    amount: readAmount(entry, key),
    currency: readCurrency(entry, key),
    period: oneOf<BudgetPeriod>(
      entry.getOptionalString('period') ?? 'month',
      ['month', 'quarter', 'year'],
      `${key}.period`,
    ),
    basis: oneOf<CostBasis>(
      entry.getOptionalString('basis') ?? 'effective',
      ['effective', 'billed'],
      `${key}.basis`,
    ),
    ...(fromMonth && { fromMonth }),
    ...(toMonth && { toMonth }),
  };
}

function readScope(entry: Config, key: string): EntityRef {
  const given = Object.entries(SCOPES).filter(([scope]) => entry.has(scope));
  if (given.length !== 1) {
    throw new InputError(
      `${key} must say whose it is by exactly one of entity, system, domain and owner`,
    );
  }
  const [[scope, kind]] = given;
  const text = entry.getString(scope);
  const where = `${key}.${scope}`;
  let ref: EntityRef;
  try {
    ref = toEntityRef(
      parseEntityRef(text, kind ? { defaultKind: kind } : undefined),
    );
  } catch (error) {
    throw new InputError(
      `${where} is '${text}'; write an entity in full, such as ${
        kind ?? 'component'
      }:default/name`,
      error,
    );
  }
  const is = ref.slice(0, ref.indexOf(':'));
  if (kind ? is !== kind : !hasCosts(is)) {
    throw new InputError(
      `${where} is '${text}'; a budget is set there for a ${
        kind ?? 'component, resource, system, domain or group'
      }`,
    );
  }
  return ref;
}

function readAmount(entry: Config, key: string): string {
  const amount = String(entry.getOptional('amount') ?? '');
  if (!/^\d{1,12}(\.\d{1,9})?$/.test(amount) || !/[1-9]/.test(amount)) {
    throw new InputError(
      `${key}.amount is '${amount}'; write a plain decimal number above 0 in quotes, such as '1200' or '99.50'`,
    );
  }
  return amount;
}

function readCurrency(entry: Config, key: string): string {
  const currency = entry.getOptionalString('currency') ?? '';
  if (!/^[A-Z]{3}$/.test(currency)) {
    throw new InputError(
      `${key}.currency is '${currency}'; write the ISO 4217 code of a currency, such as USD`,
    );
  }
  return currency;
}

function readMonth(entry: Config, name: string, key: string) {
  const month = entry.getOptionalString(name);
  if (month !== undefined && !isMonth(month)) {
    throw new InputError(
      `${key}.${name} is '${month}'; write a month as '2026-10', in quotes`,
    );
  }
  return month;
}

function oneOf<T extends string>(
  value: string,
  allowed: readonly T[],
  key: string,
): T {
  const found = allowed.find(item => item === value);
  if (!found) {
    throw new InputError(
      `${key} is '${value}'; write one of ${allowed.join(', ')}`,
    );
  }
  return found;
}
