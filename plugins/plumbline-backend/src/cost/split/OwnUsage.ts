/** An entity in an environment, and what it used there, in nanos. @internal */
export interface EntityUsage {
  entity: number;
  environment: number;
  nanos: bigint;
}

/**
 * What entities' own usage costs, by currency and, where a rule asks, by account or provider: what splits are
 * proportional to.
 *
 * @internal
 */
export class OwnUsage {
  private readonly sums = new Map<string, Map<string, EntityUsage>>();

  add(
    scope: string,
    currency: number,
    entity: number,
    environment: number,
    nanos: bigint,
  ): void {
    const name = `${currency} ${scope}`;
    const ofScope = this.sums.get(name) ?? new Map<string, EntityUsage>();
    this.sums.set(name, ofScope);
    const key = `${entity} ${environment}`;
    const usage = ofScope.get(key);
    if (usage) {
      usage.nanos += nanos;
    } else {
      ofScope.set(key, { entity, environment, nanos });
    }
  }

  /** Who used something, in the order of their keys; who got more back than it used is left out. */
  within(scope: string, currency: number): EntityUsage[] {
    return [...(this.sums.get(`${currency} ${scope}`)?.values() ?? [])]
      .filter(({ nanos }) => nanos > 0n)
      .sort((a, b) => a.entity - b.entity || a.environment - b.environment);
  }
}
