import type { SourceStatus } from '@plumbline/backstage-plugin-plumbline-common';
import type { SourceStatuses } from '../cost';

/**
 * The state of the sources of one domain: a metric that is late does not make a cost late.
 *
 * @internal
 */
export class OfDomain implements SourceStatuses {
  readonly #inner: SourceStatuses;
  readonly #domain: SourceStatus['domain'];

  private constructor(inner: SourceStatuses, domain: SourceStatus['domain']) {
    this.#inner = inner;
    this.#domain = domain;
  }

  static create(options: {
    inner: SourceStatuses;
    domain: SourceStatus['domain'];
  }): OfDomain {
    return new OfDomain(options.inner, options.domain);
  }

  async getStatuses(): Promise<SourceStatus[]> {
    const statuses = await this.#inner.getStatuses();
    return statuses.filter(({ domain }) => domain === this.#domain);
  }
}
