import type { ShareState } from './types';

/** A part of one month, with the keys of its dimensions; amounts in nanos. @internal */
export interface ShareRow {
  /** Who bears it. */
  entity: number;
  month: string;
  environment: number;
  /** Whose it was. */
  from: number;
  /** Row of the `share_rule` table. */
  rule: number;
  currency: number;
  state: ShareState;
  /** Decimals; the total is `0` where parts of several weights were added up. */
  weight: string;
  weightTotal: string;
  /** By the day of the charge; else by the first of the month. */
  dated: boolean;
  effective: bigint;
  billed: bigint;
}

/** Adds parts up by month. @internal */
export class ShareSums {
  private readonly rows = new Map<string, ShareRow>();

  add(part: ShareRow): void {
    if (part.effective === 0n && part.billed === 0n) {
      return;
    }
    const { entity, month, environment, from, rule, currency, state } = part;
    const name = `${entity} ${month} ${environment} ${from} ${rule} ${currency} ${state}`;
    const known = this.rows.get(name);
    if (!known) {
      this.rows.set(name, { ...part });
      return;
    }
    known.effective += part.effective;
    known.billed += part.billed;
    if (
      known.weight !== part.weight ||
      known.weightTotal !== part.weightTotal
    ) {
      known.weight = '0';
      known.weightTotal = '0';
    }
  }

  all(): ShareRow[] {
    return [...this.rows.values()];
  }
}
