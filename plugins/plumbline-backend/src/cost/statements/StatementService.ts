import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  Month,
  Statement,
  StatementAsOf,
  StatementBy,
  StatementItem,
  StatementLines,
  StatementMonth,
  StatementMonths,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { LineEntity } from './statementCsv';
import type { EntitySum, StatementAccess } from './StatementReader';

/** Which page of a list. @internal */
export interface Page {
  /** How many items come before it. */
  offset: number;
  limit: number;
}

/** Who asks, and what they may read. @internal */
export interface StatementCaller {
  credentials: BackstageCredentials;
  /** Filled in by whoever authorises the caller. */
  access?: StatementAccess;
}

/** @internal */
export interface StatementsRequest extends StatementCaller {
  /** Only months before this one. */
  before?: Month;
  limit: number;
}

/** @internal */
export interface StatementRequest extends StatementCaller {
  month: Month;
  by: StatementBy;
  asOf: StatementAsOf;
  search?: string;
  page: Page;
  /** Leaves out of items what the caller may not be told; nothing where absent. */
  nameItems?: (items: readonly StatementItem[]) => Promise<StatementItem[]>;
}

/** @internal */
export interface StatementLinesRequest extends StatementCaller {
  month: Month;
  of: string;
  asOf: StatementAsOf;
  page: Page;
}

/** @internal */
export interface StatementCsvRequest extends StatementCaller {
  month: Month;
  asOf: StatementAsOf;
  /** Leaves out of entities what the caller may not be told; nothing where absent. */
  nameEntities?: (
    entities: readonly EntitySum[],
  ) => Promise<readonly (LineEntity & { entityId: number })[]>;
}

/** @internal */
export interface CloseRequest {
  month: Month;
  /** Why it is closed although something is incomplete. */
  force?: { reason: string };
  credentials: BackstageCredentials;
}

/** A CSV file that is made while it is sent. @internal */
export interface StatementCsv {
  fileName: string;
  chunks: AsyncIterable<string>;
}

/** What closed months were stated to cost. @internal */
export interface StatementService {
  listMonths(request: StatementsRequest): Promise<StatementMonths>;
  /** @throws NotFoundError where the month is not closed */
  getStatement(request: StatementRequest): Promise<Statement>;
  /** @throws NotFoundError alike where the month is not closed, the entity is not in it, or not the caller's */
  getLines(request: StatementLinesRequest): Promise<StatementLines>;
  /** @throws NotFoundError where the month is not closed */
  getCsv(request: StatementCsvRequest): Promise<StatementCsv>;
  /**
   * Closes a month; the answer holds no totals.
   *
   * @throws ConflictError with what stands in the way
   */
  close(request: CloseRequest): Promise<StatementMonth>;
}
