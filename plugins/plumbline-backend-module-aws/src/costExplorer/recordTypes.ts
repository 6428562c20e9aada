import type { ChargeCategory } from '@plumbline/backstage-plugin-plumbline-node';

/**
 * How charges of a record type are booked:
 * - `usage`: by tag or cost category and service, from queries of their own
 * - `covered`: likewise, paid for by a savings plan; billed is what the plan's negation takes away again
 * - `negation`: takes the covered usage off the bill
 * - `commitment-fee`: what a commitment costs now, of which the amortised part is what nobody used
 * - `other`: on the account
 *
 * @internal
 */
export type RecordKind =
  | { type: 'usage' | 'covered' | 'negation' }
  | { type: 'commitment-fee'; service: string }
  | { type: 'other'; service: string; category: ChargeCategory };

const other = (category: ChargeCategory, service: string): RecordKind => ({
  type: 'other',
  category,
  service,
});

const SAVINGS_PLANS = 'Savings Plans';
const RESERVATIONS = 'Reservations';

/** By the name in small letters and without blanks: accounts see both `SavingsPlanNegation` and `Savings Plan Negation`. */
const KINDS = new Map<string, RecordKind>([
  ['usage', { type: 'usage' }],
  ['discountedusage', { type: 'usage' }],
  ['reservationappliedusage', { type: 'usage' }],
  ['savingsplancoveredusage', { type: 'covered' }],
  ['savingsplannegation', { type: 'negation' }],
  [
    'savingsplanrecurringfee',
    { type: 'commitment-fee', service: SAVINGS_PLANS },
  ],
  ['rifee', { type: 'commitment-fee', service: RESERVATIONS }],
  ['recurring', { type: 'commitment-fee', service: RESERVATIONS }],
  [
    'recurringreservationfee',
    { type: 'commitment-fee', service: RESERVATIONS },
  ],
  ['savingsplanupfrontfee', other('Purchase', SAVINGS_PLANS)],
  ['upfront', other('Purchase', RESERVATIONS)],
  ['upfrontreservationfee', other('Purchase', RESERVATIONS)],
  ['fee', other('Purchase', 'Fees')],
  ['subscription', other('Purchase', 'Fees')],
  ['othersubscription', other('Purchase', 'Fees')],
  ['support', other('Purchase', 'AWS Support')],
  ['supportfee', other('Purchase', 'AWS Support')],
  ['tax', other('Tax', 'Tax')],
  ['credit', other('Credit', 'Credits')],
  ['refund', other('Adjustment', 'Refunds')],
  ['otherout-of-cyclecharges', other('Adjustment', 'Out-of-cycle charges')],
]);

/**
 * What a record type of Cost Explorer means; absent where it is not known.
 *
 * @internal
 */
export function kindOfRecord(recordType: string): RecordKind | undefined {
  const name = recordType.toLowerCase().replace(/\s/g, '');
  return (
    KINDS.get(name) ??
    // Enterprise, private rate, bundled, solution provider, distributor … discounts.
    (name.includes('discount') ? other('Adjustment', 'Discounts') : undefined)
  );
}

/** Whether charges of this kind are told apart by tag or cost category and service. @internal */
export function isUsage(kind: RecordKind): boolean {
  return (
    kind.type === 'usage' || kind.type === 'covered' || kind.type === 'negation'
  );
}

/** What is not known yet is booked like this. @internal */
export const UNKNOWN_RECORD: RecordKind = other('Adjustment', 'Other charges');
