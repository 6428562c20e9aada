import type {
  ChargeRow,
  ChargeSource,
  EntityCharges,
} from '@plumbline/backstage-plugin-plumbline-common';
import { dayToText, nanosToDecimal } from '../../database';
import type { PlumblineDatabase } from '../../database';
import { noSuchEntity } from '../../permissions';
import type { EntityStore } from '../../permissions';
import { CostStore } from '../CostStore';
import { countedEntities, hasCosts } from '../CountedEntities';
import type { DependencyReader } from '../CountedEntities';
import type { SourceStatuses } from '../CostService';
import { totalOf } from '../series';
import { decodeCursor, encodeCursor } from './chargesCursor';
import type { ChargePosition } from './chargesCursor';
import type {
  ChargesRequest,
  ChargesService,
  ParsedChargesQuery,
} from './ChargesService';
import { ChargeStore } from './ChargeStore';
import type {
  ChargePartition,
  ChargeSelection,
  ChargeSums,
  StoredCharge,
} from './ChargeStore';
import { describeSource } from './describeSource';
import { FigureKeys } from './FigureKeys';
import { FigureShares, type FigureParts } from '../split';

/** @internal */
export interface DefaultChargesServiceOptions {
  database: PlumblineDatabase;
  entities: EntityStore;
  statuses: SourceStatuses;
  bindings: DependencyReader;
}

/** A month with what its rows come to, and the figure that they are to make. */
interface Part {
  partition: ChargePartition;
  figure: bigint;
  sums: ChargeSums;
  shares: FigureParts;
}

const NOTHING: ChargeSums = { rows: 0, lines: 0, effective: 0n, billed: 0n };
const NO_SHARES: FigureParts = { shares: [], net: 0n, vague: false };

/**
 * Opens figures, for whoever asks; see {@link AuthorizedChargesService}.
 *
 * @internal
 */
export class DefaultChargesService implements ChargesService {
  readonly #entities: EntityStore;
  readonly #statuses: SourceStatuses;
  readonly #dependencies: DependencyReader;
  readonly #costs: CostStore;
  readonly #charges: ChargeStore;
  readonly #keys: FigureKeys;
  readonly #shares: FigureShares;

  private constructor(options: DefaultChargesServiceOptions) {
    const { database } = options;
    this.#entities = options.entities;
    this.#statuses = options.statuses;
    this.#dependencies = options.bindings;
    this.#costs = CostStore.create({ database });
    this.#charges = ChargeStore.create({ database });
    this.#keys = FigureKeys.create({ database });
    this.#shares = FigureShares.create({ database });
  }

  static create(options: DefaultChargesServiceOptions): DefaultChargesService {
    return new DefaultChargesService(options);
  }

  async getCharges(request: ChargesRequest): Promise<EntityCharges> {
    const { entityRef, query, readable } = request;
    const entity = request.entity ?? (await this.#entities.getByRef(entityRef));
    if (!entity || !hasCosts(entity.kind)) {
      throw noSuchEntity(entityRef);
    }
    const counted = await countedEntities({
      entities: this.#entities,
      dependencies: this.#dependencies,
      entity,
      scope: query.scope,
      readable,
    });
    const selection = await this.#select(
      counted.entities.map(({ id }) => id),
      query,
    );
    const read = await this.#costs.readLive(() => this.#read(selection, query));
    return {
      entityRef,
      scope: counted.scope,
      from: dayToText(query.window.from),
      to: dayToText(query.window.to),
      currency: query.currency,
      basis: query.basis,
      ...read,
    };
  }

  async #select(
    entityIds: readonly number[],
    query: ParsedChargesQuery,
  ): Promise<ChargeSelection> {
    const { resource } = query;
    return {
      entityIds,
      window: query.window,
      ...(await this.#keys.find(query)),
      ...(resource !== undefined && {
        resourceIds: await this.#charges.findResources(entityIds, resource),
      }),
    };
  }

  async #read(selection: ChargeSelection, query: ParsedChargesQuery) {
    const partitions = await this.#charges.listPartitions(selection.window);
    const after =
      query.cursor === undefined
        ? undefined
        : decodeCursor(query.cursor, partitions);
    const parts = await this.#parts(partitions, selection, query);
    const { rows, next } = await this.#page(partitions, selection, {
      after,
      limit: query.limit,
    });
    const counts = parts.map(({ sums }) => sums.lines);
    return {
      total: nanosToDecimal(totalOf(parts.map(({ figure }) => figure))),
      rowCount: parts.reduce((sum, part) => sum + part.sums.rows, 0),
      ...(counts.every(count => count !== undefined) && {
        lineCount: counts.reduce<number>((sum, count) => sum + (count ?? 0), 0),
      }),
      ...(!after && { sources: await this.#sources(parts, selection, query) }),
      rows,
      ...(next && { nextCursor: encodeCursor(next, partitions) }),
    };
  }

  /** The months that give something to the figure. */
  async #parts(
    partitions: readonly ChargePartition[],
    selection: ChargeSelection,
    { basis, currency }: ParsedChargesQuery,
  ): Promise<Part[]> {
    const figures = await this.#figures(selection, basis);
    const parts: Part[] = [];
    for (const partition of partitions) {
      const { id, rows } = partition;
      const sums = rows ? await this.#charges.sum(selection, rows) : NOTHING;
      // What a single resource costs is known by its rows alone.
      const figure = selection.resourceIds
        ? sums[basis]
        : figures.get(id) ?? 0n;
      // Parts are of no resource.
      const shares = selection.resourceIds
        ? NO_SHARES
        : await this.#shares.read(
            { ...partition, daily: rows !== undefined },
            selection,
            { basis, currency },
          );
      if (figure !== 0n || sums.rows > 0 || shares.shares.length > 0) {
        parts.push({ partition, figure, sums, shares });
      }
    }
    return parts;
  }

  /** The figure as pages show it, by month of the bill. */
  async #figures(
    selection: ChargeSelection,
    basis: 'effective' | 'billed',
  ): Promise<ReadonlyMap<number, bigint>> {
    const { entityIds, window, environmentId, currencyId } = selection;
    const sums = await this.#costs.sum({
      entityIds,
      window,
      environmentId,
      per: 'window',
      by: ['partition', 'currency', 'service', 'chargeKind'],
    });
    const { serviceIds, chargeKindIds } = selection;
    const figures = new Map<number, bigint>();
    for (const sum of sums) {
      if (
        sum.currency === currencyId &&
        (serviceIds?.includes(sum.service) ?? true) &&
        (chargeKindIds?.includes(sum.chargeKind) ?? true)
      ) {
        figures.set(
          sum.partition,
          (figures.get(sum.partition) ?? 0n) + sum[basis],
        );
      }
    }
    return figures;
  }

  async #sources(
    parts: readonly Part[],
    selection: ChargeSelection,
    query: ParsedChargesQuery,
  ): Promise<ChargeSource[]> {
    const statuses = await this.#statuses.getStatuses();
    const titles = new Map(statuses.map(({ id, title }) => [id, title]));
    return Promise.all(
      parts.map(part =>
        describeSource({
          ...part,
          charges: this.#charges,
          selection,
          query,
          title: titles.get(part.partition.sourceId),
        }),
      ),
    );
  }

  async #page(
    partitions: readonly ChargePartition[],
    selection: ChargeSelection,
    { after, limit }: { after?: ChargePosition; limit: number },
  ): Promise<{ rows: ChargeRow[]; next?: ChargePosition }> {
    const first = after
      ? partitions.findIndex(
          ({ resourceGeneration }) => resourceGeneration === after.generation,
        )
      : 0;
    const rows: ChargeRow[] = [];
    let last: ChargePosition | undefined;
    for (const partition of partitions.slice(Math.max(0, first))) {
      if (!partition.rows) {
        continue;
      }
      const { generation } = partition.rows;
      const found = await this.#charges.page(selection, partition.rows, {
        after: generation === after?.generation ? after.key : undefined,
        // One more than is shown tells whether there are more.
        limit: limit - rows.length + 1,
      });
      for (const charge of found) {
        if (rows.length === limit) {
          return { rows, next: last };
        }
        rows.push(toRow(charge, partition));
        last = { generation, key: charge.key };
      }
    }
    return { rows };
  }
}

function toRow(
  { day, effective, billed, key, commitment, ...charge }: StoredCharge,
  { month, sourceId }: ChargePartition,
): ChargeRow {
  return {
    ...charge,
    day: dayToText(day),
    month,
    source: sourceId,
    ...((commitment === 'Used' || commitment === 'Unused') && { commitment }),
    effective: nanosToDecimal(effective),
    billed: nanosToDecimal(billed),
  };
}
