import { isDeepStrictEqual } from 'node:util';
import type { Knex } from 'knex';
import { growBindingsVersion } from '../../bindings/StateStore';
import {
  afterClosings,
  dayOfInstant,
  instantFromDatabase,
  type PlumblineDatabase,
} from '../../database';
import { ruleKey, type Rule, type StoredRule } from './types';

const LAST_DAY = 2_147_483_647;

interface RuleRow {
  id: number;
  rule_key: string;
  position: number;
  from_day: number;
  to_day: number;
  content: string;
  known_from: unknown;
}

/**
 * The rules, each version for its days. A rule holds from the day it was first seen, unless it says since when; a
 * changed one takes the place of what was from there on. What stood before is kept, for months that are closed.
 *
 * @internal
 */
export class RuleStore {
  readonly #database: PlumblineDatabase;

  static create(options: { database: PlumblineDatabase }): RuleStore {
    return new RuleStore(options.database);
  }

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  /**
   * The versions that hold for some day, splits in their order.
   *
   * @param options - `knownAt`: as they were known then; as they are now where absent
   */
  async list(options: { knownAt?: Date } = {}): Promise<StoredRule[]> {
    const { knownAt } = options;
    const query = this.#database
      .knex('share_rule')
      .orderBy(['position', 'rule_key', 'id']);
    const rows: RuleRow[] = await (knownAt
      ? query
          .where('known_from', '<=', knownAt)
          .where(open =>
            open.whereNull('known_to').orWhere('known_to', '>', knownAt),
          )
      : query.whereNull('known_to'));
    return rows.map(toStored);
  }

  /** Versions by key, whether they stand or not. */
  async getByIds(ids: Iterable<number>): Promise<Map<number, StoredRule>> {
    const rows: RuleRow[] = await this.#database
      .knex('share_rule')
      .whereIn('id', [...ids]);
    return new Map(rows.map(row => [row.id, toStored(row)]));
  }

  /**
   * Makes these the rules from now on.
   *
   * @returns whether any is other than before
   */
  async replace(rules: readonly Rule[], now: Date): Promise<boolean> {
    return this.#database.knex.transaction(async trx => {
      // Replicas that start at one time take turns.
      await trx('plumbline_state')
        .where({ key: 'bindings_version' })
        .update({ value: trx.ref('value') });
      const rows: RuleRow[] = await trx('share_rule')
        .whereNull('known_to')
        .orderBy('from_day');
      const stored = new Map<string, RuleRow[]>();
      for (const row of rows) {
        stored.set(row.rule_key, [...(stored.get(row.rule_key) ?? []), row]);
      }
      const instant = latest(rows, await afterClosings(trx, now));
      const today = dayOfInstant(now);
      let changed = false;
      for (const [position, rule] of rules.entries()) {
        const key = ruleKey(rule);
        const before = stored.get(key) ?? [];
        stored.delete(key);
        const last = before.at(-1);
        // Where a share stands among the others says nothing.
        const place = rule.kind === 'share' ? 0 : position;
        if (
          !last ||
          last.to_day !== (rule.to ?? LAST_DAY) ||
          last.position !== place ||
          !isDeepStrictEqual(JSON.parse(last.content), plain(rule))
        ) {
          const from = rule.from ?? today;
          changed = (await cut(trx, before, from, instant)) || changed;
          if (from < (rule.to ?? LAST_DAY)) {
            changed = true;
            await trx('share_rule').insert({
              rule_key: key,
              position: place,
              from_day: from,
              to_day: rule.to ?? LAST_DAY,
              content: JSON.stringify(rule),
              known_from: instant,
            });
          }
        }
      }
      for (const gone of stored.values()) {
        changed = (await cut(trx, gone, today, instant)) || changed;
      }
      if (changed) {
        await growBindingsVersion(trx);
      }
      return changed;
    });
  }
}

/** The metrics by which rules that stand share cost out. @internal */
export async function metricsOfRules(knex: Knex): Promise<string[]> {
  const contents: string[] = await knex('share_rule')
    .whereNull('known_to')
    .pluck('content');
  const metrics = contents.flatMap(content => {
    const rule: Rule = JSON.parse(content);
    return rule.kind === 'share' && rule.by === 'usage'
      ? rule.metric ?? []
      : [];
  });
  return [...new Set(metrics)];
}

/** Lets versions end where another begins; what stood is kept as it was known. */
async function cut(
  trx: Knex.Transaction,
  rows: readonly RuleRow[],
  day: number,
  instant: Date,
): Promise<boolean> {
  const ending = rows.filter(row => row.to_day > day);
  for (const row of ending) {
    await trx('share_rule').where({ id: row.id }).update({ known_to: instant });
    if (row.from_day < day) {
      await trx('share_rule').insert({
        rule_key: row.rule_key,
        position: row.position,
        from_day: row.from_day,
        to_day: day,
        content: row.content,
        known_from: instant,
      });
    }
  }
  return ending.length > 0;
}

/** Now, but not before what is known already: clocks of replicas differ. */
function latest(rows: readonly RuleRow[], now: Date): Date {
  const known = rows.map(
    row => instantFromDatabase(row.known_from)?.getTime() ?? 0,
  );
  return new Date(Math.max(now.getTime(), ...known));
}

function plain(rule: Rule): unknown {
  return JSON.parse(JSON.stringify(rule));
}

function toStored(row: RuleRow): StoredRule {
  return {
    id: row.id,
    fromDay: row.from_day,
    toDay: row.to_day,
    rule: JSON.parse(row.content),
  };
}
