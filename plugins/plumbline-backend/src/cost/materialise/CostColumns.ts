import { RowAmountError } from '../../database';

/**
 * Resource rows, column by column: a million of them take 36 MB. Grows as it is filled.
 *
 * @internal
 */
export class CostColumns {
  length = 0;
  resource = new Int32Array(0);
  day = new Int32Array(0);
  service = new Int32Array(0);
  currency = new Int32Array(0);
  chargeKind = new Int32Array(0);
  effective = new BigInt64Array(0);
  billed = new BigInt64Array(0);

  /**
   * Adds a row: the ids of its dimensions, days since 1970-01-01, nanos.
   *
   * @throws RowAmountError when it is more than a row holds
   */
  push(
    resource: number,
    day: number,
    service: number,
    currency: number,
    chargeKind: number,
    effective: bigint,
    billed: bigint,
  ): void {
    const at = this.length;
    if (at === this.resource.length) {
      this.grow();
    }
    this.resource[at] = resource;
    this.day[at] = day;
    this.service[at] = service;
    this.currency[at] = currency;
    this.chargeKind[at] = chargeKind;
    this.effective[at] = effective;
    this.billed[at] = billed;
    if (this.effective[at] !== effective || this.billed[at] !== billed) {
      throw new RowAmountError({ resource, service, currency });
    }
    this.length = at + 1;
  }

  private grow(): void {
    const size = Math.max(1_024, this.resource.length * 2);
    const integers = (from: Int32Array) => {
      const to = new Int32Array(size);
      to.set(from);
      return to;
    };
    const amounts = (from: BigInt64Array) => {
      const to = new BigInt64Array(size);
      to.set(from);
      return to;
    };
    this.resource = integers(this.resource);
    this.day = integers(this.day);
    this.service = integers(this.service);
    this.currency = integers(this.currency);
    this.chargeKind = integers(this.chargeKind);
    this.effective = amounts(this.effective);
    this.billed = amounts(this.billed);
  }
}
