import { CustomErrorBase } from '@backstage/errors';
import type { Knex } from 'knex';

/**
 * The right of one slice to write for a source. Taking a new one ends the one before.
 *
 * @internal
 */
export interface Lease {
  /** The source's name, for messages. */
  readonly source: string;
  /** Row of the `source` table. */
  readonly sourceKey: number;
  readonly ticket: string;
}

/** Another slice has taken over, or the source was paused: this one must neither publish nor write the ledger. @internal */
export class LostTicketError extends CustomErrorBase {
  name = 'LostTicketError' as const;

  static of(lease: Lease): LostTicketError {
    return new LostTicketError(
      `A slice of source '${lease.source}' lost its ticket, to another one or to a pause; it stops without publishing`,
    );
  }
}

/**
 * A subquery for `whereExists` that holds while the lease does. On PostgreSQL nobody can take the ticket
 * before the statement has ended; SQLite writes one statement at a time anyway.
 *
 * @internal
 */
export function leaseHolds(knex: Knex, lease: Lease): Knex.QueryBuilder {
  return knex('source')
    .select(knex.raw('1'))
    .where({ id: lease.sourceKey, ticket: lease.ticket })
    .forShare();
}
