import { NotFoundError } from '@backstage/errors';
import type {
  Month,
  Restatement,
  Statement,
  StatementAsOf,
  StatementLines,
  StatementMonth,
  StatementMonths,
} from '@plumbline/backstage-plugin-plumbline-common';
import { nanosToDecimal, type PlumblineDatabase } from '../../database';
import type { EntityCostMaterializer } from '../materialise';
import type { ClosingCalendar } from './ClosingCalendar';
import { MonthCloser } from './MonthCloser';
import { OpenMonths } from './OpenMonths';
import type { OpenMonth } from './OpenMonths';
import { Restater } from './Restater';
import { csvHeader, csvLines } from './statementCsv';
import { itemMatches, itemsOf, totalsOf } from './statementItems';
import { StatementReader } from './StatementReader';
import type {
  EntitySum,
  LinePosition,
  StatementAccess,
  StatementSum,
} from './StatementReader';
import type {
  CloseRequest,
  StatementCsv,
  StatementCsvRequest,
  StatementLinesRequest,
  StatementRequest,
  StatementService,
  StatementsRequest,
} from './StatementService';
import { StatementStore } from './StatementStore';
import type { StatementRecord } from './StatementStore';

/** Lines that one piece of a CSV file is made of. */
const CSV_PAGE = 2_000;
const ANY_ENTITY = { from: -2147483648, to: 2147483647 };

/** What is shown where nobody has said what the caller may read. */
const NOTHING: StatementAccess = {
  readable: { property: 'ref', values: [] },
  buckets: [],
};

/** @internal */
export interface StatementServiceOptions {
  database: PlumblineDatabase;
  materializer: Pick<EntityCostMaterializer, 'rebuild'>;
  calendar: ClosingCalendar;
  now?: () => Date;
}

/**
 * Statements out of the database; see {@link AuthorizedStatementService} for who may see what.
 *
 * @internal
 */
export class DefaultStatementService implements StatementService {
  readonly #statements: StatementStore;
  readonly #reader: StatementReader;
  readonly #open: OpenMonths;
  readonly #restater: Restater;
  readonly #closer: MonthCloser;
  readonly #database: PlumblineDatabase;

  private constructor(options: StatementServiceOptions) {
    this.#database = options.database;
    this.#statements = StatementStore.create(options);
    this.#reader = StatementReader.create(options);
    this.#open = OpenMonths.create(options);
    this.#restater = Restater.create(options);
    this.#closer = MonthCloser.create(options);
  }

  static create(options: StatementServiceOptions): DefaultStatementService {
    return new DefaultStatementService(options);
  }

  async listMonths(request: StatementsRequest): Promise<StatementMonths> {
    const { before, limit, access = NOTHING } = request;
    const [open, closed] = await Promise.all([
      this.#open.list(),
      this.#database.knex('closed_month').pluck('month') as Promise<Month[]>,
    ]);
    const months = [...open.map(({ month }) => month), ...closed]
      .filter(month => before === undefined || month < before)
      .sort()
      .reverse();
    const page = months.slice(0, limit);
    const statements = await this.#statements.list(
      page.filter(month => closed.includes(month)),
    );
    const sums = await this.#reader.sumByStatement(
      statements.map(({ id }) => id),
      access,
    );
    const items = await Promise.all(
      page.map(async month => {
        const opened = open.find(one => one.month === month);
        return opened
          ? openMonth(opened)
          : this.#closedMonth(
              month,
              statements.filter(statement => statement.month === month),
              sums,
            );
      }),
    );
    return {
      items,
      ...(months.length > limit && { nextCursor: page.at(-1) }),
    };
  }

  async getStatement(request: StatementRequest): Promise<Statement> {
    const { month, by, asOf, search, page, access = NOTHING } = request;
    const statements = await this.#closedStatements(month);
    const [closing] = statements;
    const shown = idsOf(statements, asOf);
    const [sums, changes, named, held] = await Promise.all([
      this.#reader.sumByEntity(shown, shown, access),
      this.#reader.sumByStatement(
        statements.slice(1).map(({ id }) => id),
        access,
      ),
      this.#reader.countEntities(shown),
      this.#held(month),
    ]);
    const { nameItems = async unnamed => [...unnamed] } = request;
    const all = itemsOf(sums, by);
    // What has no name for the caller is not found, or the pages would tell its name.
    const items = search
      ? (await nameItems(all)).filter(
          item => item.kind !== 'unnamed' && itemMatches(item, search),
        )
      : all;
    const end = page.offset + page.limit;
    const shownItems = items.slice(page.offset, end);
    return {
      ...factsOf(closing),
      month,
      closedAt: closing.statedAt.toISOString(),
      asOf,
      by,
      sources: sourcesOf(statements, asOf),
      totals: totalsOf(sums),
      leftOut: named - countEntities(sums),
      buckets: access.buckets.length > 0 ? 'included' : 'left-out',
      items: search ? shownItems : await nameItems(shownItems),
      ...(items.length > end && { nextCursor: String(end) }),
      restatements: statements
        .slice(1)
        .map(statement => toRestatement(statement, changes)),
      ...(held.length > 0 && { held }),
    };
  }

  async getLines(request: StatementLinesRequest): Promise<StatementLines> {
    const { month, of, asOf, page, access = NOTHING } = request;
    const shown = idsOf(await this.#closedStatements(month), asOf);
    const entityId = await this.#reader.findEntity(shown, of);
    const [readable] =
      entityId === undefined
        ? []
        : await this.#reader.sumByEntity(shown, shown, access, entityId);
    if (entityId === undefined || !readable) {
      throw noSuchLines(month, of);
    }
    const lines = await this.#reader.linesOf(shown, entityId);
    lines.sort(
      (a, b) =>
        a.currency.localeCompare(b.currency, 'en') ||
        Number(b.effective > a.effective) - Number(b.effective < a.effective),
    );
    const end = page.offset + page.limit;
    return {
      month,
      of,
      asOf,
      lines: lines.slice(page.offset, end).map(line => ({
        environment: line.environment,
        provider: line.provider,
        service: line.service,
        category: line.category,
        correction: line.correction,
        ...(line.commitment !== '' && {
          commitment: line.commitment as 'Used' | 'Unused',
        }),
        currency: line.currency,
        effective: nanosToDecimal(line.effective),
        billed: nanosToDecimal(line.billed),
      })),
      ...(lines.length > end && { nextCursor: String(end) }),
    };
  }

  async getCsv(request: StatementCsvRequest): Promise<StatementCsv> {
    const { month, asOf, access = NOTHING, nameEntities } = request;
    const statements = await this.#closedStatements(month);
    const shown = idsOf(statements, asOf);
    const [sums, named] = await Promise.all([
      this.#reader.sumByEntity(shown, shown, access),
      this.#reader.countEntities(shown),
    ]);
    const whole = named === countEntities(sums) && access.buckets.length > 0;
    return {
      fileName: `statement-${month}${asOf === 'original' ? '-original' : ''}${
        whole ? '' : '-partial'
      }.csv`,
      chunks: this.#csv(
        statements.filter(({ id }) => shown.includes(id)),
        new Map(sums.map(sum => [sum.entityId, sum])),
        access,
        nameEntities ?? (async entities => entities),
      ),
    };
  }

  async close(request: CloseRequest): Promise<StatementMonth> {
    const { month, force, credentials } = request;
    const { userEntityRef } = credentials.principal as {
      userEntityRef?: string;
    };
    await this.#closer.close({
      month,
      occasion: 'hand',
      by: userEntityRef,
      force,
    });
    return this.#closedMonth(month, await this.#statements.list([month]), []);
  }

  async *#csv(
    statements: readonly StatementRecord[],
    entities: ReadonlyMap<number, EntitySum>,
    access: StatementAccess,
    nameEntities: NonNullable<StatementCsvRequest['nameEntities']>,
  ): AsyncGenerator<string> {
    yield csvHeader();
    for (const statement of statements) {
      let after: LinePosition | undefined;
      do {
        const { lines, last } = await this.#reader.lines(
          statement.id,
          { entities: ANY_ENTITY, after, limit: CSV_PAGE },
          access,
        );
        const known = [...new Set(lines.map(({ entityId }) => entityId))];
        const named = await nameEntities(
          known.flatMap(id => entities.get(id) ?? []),
        );
        const byId = new Map(named.map(one => [one.entityId, one]));
        yield csvLines(
          statement,
          lines.map(line => ({ line, entity: byId.get(line.entityId) ?? {} })),
        );
        after = last;
        await this.#database.breathe();
      } while (after);
    }
  }

  async #closedMonth(
    month: Month,
    statements: readonly StatementRecord[],
    sums: readonly StatementSum[],
  ): Promise<StatementMonth> {
    const [closing, ...restatements] = statements;
    const held = await this.#held(month);
    return {
      ...factsOf(closing),
      month,
      state: 'closed',
      closedAt: closing.statedAt.toISOString(),
      restatements: restatements.length,
      ...(restatements.length > 0 && {
        restatedAt: restatements.at(-1)!.statedAt.toISOString(),
      }),
      ...(held.length > 0 && { held }),
      totals: totalsOf(
        sums.filter(({ statementId }) =>
          statements.some(({ id }) => id === statementId),
        ),
      ),
    };
  }

  async #held(month: Month): Promise<string[]> {
    const [held, refused] = await Promise.all([
      this.#restater.held(month),
      this.#database
        .knex('plumbline_state')
        .where({ key: `statement_refused ${month}` })
        .pluck('value'),
    ]);
    return [...held, ...refused];
  }

  async #closedStatements(month: Month): Promise<StatementRecord[]> {
    const statements = await this.#statements.list([month]);
    if (statements.length === 0) {
      throw new NotFoundError(`There is no statement of ${month}`);
    }
    return statements;
  }
}

/** The same where an entity is not in a statement and where it is not the caller's. @internal */
export function noSuchLines(month: Month, of: string): NotFoundError {
  return new NotFoundError(
    `There is no '${of}' that you may see in the statement of ${month}`,
  );
}

function openMonth(open: OpenMonth): StatementMonth {
  const { month, closesAt, due, obstacles } = open;
  const blocked = due && obstacles.length > 0;
  return {
    month,
    state: blocked ? 'blocked' : 'open',
    ...(closesAt && { closesAt: closesAt.toISOString() }),
    ...(blocked && { obstacles }),
    restatements: 0,
    totals: [],
  };
}

function idsOf(
  statements: readonly StatementRecord[],
  asOf: StatementAsOf,
): number[] {
  return statements
    .filter(({ number }) => asOf === 'restated' || number === 0)
    .map(({ id }) => id);
}

function factsOf(closing: StatementRecord) {
  return {
    ...(closing.occasion === 'history' && { afterTheFact: true as const }),
    ...(closing.reason !== undefined && {
      forced: { reason: closing.reason, obstacles: [...closing.obstacles] },
    }),
  };
}

function sourcesOf(
  statements: readonly StatementRecord[],
  asOf: StatementAsOf,
): string[] {
  const sources = statements
    .filter(({ number }) => asOf === 'restated' || number === 0)
    .flatMap(({ causes }) => causes.map(({ source }) => source));
  return [...new Set(sources)].sort();
}

function countEntities(sums: readonly EntitySum[]): number {
  return new Set(
    sums.flatMap(({ kind, entityId }) => (kind === 'bucket' ? [] : entityId)),
  ).size;
}

function toRestatement(
  { id, number, statedAt, causes }: StatementRecord,
  sums: readonly StatementSum[],
): Restatement {
  return {
    number,
    statedAt: statedAt.toISOString(),
    causes: causes.filter(
      (cause): cause is Restatement['causes'][number] =>
        cause.cause !== 'stated',
    ),
    changes: totalsOf(sums.filter(({ statementId }) => statementId === id)),
  };
}
