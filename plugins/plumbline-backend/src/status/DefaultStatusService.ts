import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type {
  ExchangeRatesStatus,
  PlumblineStatus,
  SourceDetails,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { SourceControl } from '../collect';
import type { CatalogStatusStore } from './CatalogStatusStore';
import type { SourceChange, StatusService } from './StatusService';

/** What tells everything of each source. @internal */
export interface SourceDetailsReader {
  getDetails(): Promise<SourceDetails[]>;
}

/** What tells how the exchange rates are; undefined where none are needed. @internal */
export interface ExchangeRatesReader {
  getStatus(): Promise<ExchangeRatesStatus | undefined>;
}

interface DefaultStatusServiceOptions {
  sources: SourceDetailsReader;
  control: SourceControl;
  catalogStatus: CatalogStatusStore;
  exchangeRates: ExchangeRatesReader;
}

/**
 * The state of sources and catalog, for whoever asks; see {@link AuthorizedStatusService}.
 *
 * @internal
 */
export class DefaultStatusService implements StatusService {
  readonly #sources: SourceDetailsReader;
  readonly #control: SourceControl;
  readonly #catalog: CatalogStatusStore;
  readonly #exchangeRates: ExchangeRatesReader;

  private constructor(options: DefaultStatusServiceOptions) {
    this.#sources = options.sources;
    this.#control = options.control;
    this.#catalog = options.catalogStatus;
    this.#exchangeRates = options.exchangeRates;
  }

  static create(options: DefaultStatusServiceOptions): DefaultStatusService {
    return new DefaultStatusService(options);
  }

  async getStatus(): Promise<PlumblineStatus> {
    const [sources, catalog, exchangeRates] = await Promise.all([
      this.#sources.getDetails(),
      this.#catalog.getStatus(),
      this.#exchangeRates.getStatus(),
    ]);
    return { sources, catalog, ...(exchangeRates && { exchangeRates }) };
  }

  async changeSource(request: {
    sourceId: string;
    change: SourceChange;
    credentials: BackstageCredentials;
  }): Promise<SourceDetails> {
    const { sourceId, change, credentials } = request;
    switch (change) {
      case 'pause':
        await this.#control.pause(
          sourceId,
          (credentials.principal as BackstageUserPrincipal).userEntityRef,
        );
        break;
      case 'resume':
        await this.#control.resume(sourceId);
        break;
      default:
        await this.#control.collectNow(sourceId);
    }
    const sources = await this.#sources.getDetails();
    const source = sources.find(({ id }) => id === sourceId);
    if (!source) {
      throw new NotFoundError(`There is no source '${sourceId}' any more`);
    }
    return source;
  }
}
