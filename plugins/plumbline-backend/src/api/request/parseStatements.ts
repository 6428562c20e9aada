import { InputError } from '@backstage/errors';
import type {
  Month,
  StatementAsOf,
  StatementBy,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { Page } from '../../cost/statements';
import { isMonth } from '../../database';

const DEFAULT_MONTHS = 13;
const MAX_MONTHS = 60;
const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 500;
const MAX_OFFSET = 10_000_000;
const MAX_REASON = 1_000;

/** @throws InputError when it is no month of the calendar. @internal */
export function parseMonth(text: string): Month {
  if (!isMonth(text)) {
    throw new InputError(`'${text}' is no month; write it as YYYY-MM`);
  }
  return text;
}

/**
 * Which months.
 *
 * @throws InputError naming the field that is wrong
 * @internal
 */
export function parseStatementsPage(query: {
  cursor?: string;
  limit?: string;
}): { before?: Month; limit: number } {
  const limit = parseLimit(query.limit, DEFAULT_MONTHS, MAX_MONTHS);
  if (query.cursor !== undefined && !isMonth(query.cursor)) {
    throw noCursor(query.cursor);
  }
  return { limit, ...(query.cursor && { before: query.cursor }) };
}

/**
 * Which part of a statement: by owner, with its restatements, where nothing else is said.
 *
 * @throws InputError naming the field that is wrong
 * @internal
 */
export function parseStatementQuery(query: {
  by?: StatementBy;
  'as-of'?: StatementAsOf;
  search?: string;
  cursor?: string;
  limit?: string;
}): { by: StatementBy; asOf: StatementAsOf; search?: string; page: Page } {
  const search = query.search?.trim();
  return {
    by: query.by ?? 'owner',
    asOf: query['as-of'] ?? 'restated',
    ...(search && { search }),
    page: parsePage(query),
  };
}

/** @throws InputError when cursor or limit is wrong. @internal */
export function parsePage(query: { cursor?: string; limit?: string }): Page {
  const limit = parseLimit(query.limit, DEFAULT_LIMIT, MAX_LIMIT);
  const offset = Number(query.cursor ?? 0);
  if (!Number.isInteger(offset) || offset < 0 || offset > MAX_OFFSET) {
    throw noCursor(String(query.cursor));
  }
  return { offset, limit };
}

/**
 * Whether a month is closed although it is incomplete.
 *
 * @throws InputError when it is to be forced without saying why
 * @internal
 */
export function parseCloseBody(body: { force?: boolean; reason?: string }): {
  force?: { reason: string };
} {
  if (!body.force) {
    return {};
  }
  const reason = body.reason?.trim() ?? '';
  if (reason === '' || reason.length > MAX_REASON) {
    throw new InputError(
      `'reason' must say in 1 to ${MAX_REASON} characters why the month is closed although it is incomplete; the statement shows it`,
    );
  }
  return { force: { reason } };
}

function parseLimit(
  text: string | undefined,
  usual: number,
  most: number,
): number {
  const limit = text === undefined ? usual : Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > most) {
    throw new InputError(`'limit' must be from 1 to ${most}`);
  }
  return limit;
}

function noCursor(cursor: string): InputError {
  return new InputError(
    `'cursor' (${cursor}) is none of this list; take nextCursor of the page before`,
  );
}
