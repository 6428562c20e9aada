import { addToRow } from '../../database';

/**
 * Amounts added up by a number that stands for their key.
 *
 * @internal
 */
export class Groups {
  private readonly slots = new Map<number, number>();
  private readonly effective: BigInt64Array;
  private readonly billed: BigInt64Array;

  /** @param rows - how many are added at most */
  constructor(rows: number) {
    this.effective = new BigInt64Array(rows);
    this.billed = new BigInt64Array(rows);
  }

  /** @returns whether the amounts still fit into a row */
  add(key: number, effective: bigint, billed: bigint): boolean {
    const slot = this.slots.get(key);
    if (slot === undefined) {
      const added = this.slots.size;
      this.slots.set(key, added);
      this.effective[added] = effective;
      this.billed[added] = billed;
      return true;
    }
    const fits = addToRow(this.effective, slot, effective);
    return addToRow(this.billed, slot, billed) && fits;
  }

  /** The keys in their order, with their amounts. */
  sorted(): {
    keys: Float64Array;
    effective: BigInt64Array;
    billed: BigInt64Array;
  } {
    const keys = Float64Array.from(this.slots.keys()).sort();
    const effective = new BigInt64Array(keys.length);
    const billed = new BigInt64Array(keys.length);
    keys.forEach((key, index) => {
      const slot = this.slots.get(key)!;
      effective[index] = this.effective[slot];
      billed[index] = this.billed[slot];
    });
    return { keys, effective, billed };
  }
}
