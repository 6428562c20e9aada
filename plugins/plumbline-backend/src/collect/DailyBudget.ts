import { BudgetExhaustedError } from '@plumbline/backstage-plugin-plumbline-node';
import type { PaidCallBudget } from '@plumbline/backstage-plugin-plumbline-node';
import { dayOfInstant, type PlumblineDatabase } from '../database';
import { leaseHolds, LostTicketError, type Lease } from './Lease';

/**
 * A source's paid calls of one UTC day, booked in the database before they are made, so that neither a crash
 * nor a second process spends them twice.
 *
 * @internal
 */
export class DailyBudget implements PaidCallBudget {
  static async open(options: {
    database: PlumblineDatabase;
    lease: Lease;
    callsPerDay: number;
    now: () => Date;
    onSpent: (calls: number) => void;
  }): Promise<DailyBudget> {
    const budget = new DailyBudget(
      options.database,
      options.lease,
      options.callsPerDay,
      options.now,
      options.onSpent,
    );
    budget.left = options.callsPerDay - (await budget.spentToday());
    return budget;
  }

  private left = 0;

  private constructor(
    private readonly database: PlumblineDatabase,
    private readonly lease: Lease,
    private readonly callsPerDay: number,
    private readonly now: () => Date,
    private readonly onSpent: (calls: number) => void,
  ) {}

  get remaining(): number {
    return Math.max(0, this.left);
  }

  async spend(calls: number): Promise<void> {
    const { knex } = this.database;
    const day = dayOfInstant(this.now());
    if (calls <= this.callsPerDay) {
      const [row] = await this.database.query(
        `insert into paid_call (source_id, day, calls)
         select id, ?, ? from source where id = ? and ticket = ?
         on conflict (source_id, day) do update set calls = paid_call.calls + excluded.calls
         where paid_call.calls + excluded.calls <= ?
         returning calls`,
        [day, calls, this.lease.sourceKey, this.lease.ticket, this.callsPerDay],
      );
      if (row) {
        this.left = this.callsPerDay - Number(row.calls);
        this.onSpent(calls);
        return;
      }
    }
    const holds = await leaseHolds(knex, this.lease).first();
    if (!holds) {
      throw LostTicketError.of(this.lease);
    }
    this.left = this.callsPerDay - (await this.spentToday());
    throw new BudgetExhaustedError(
      `Source '${this.lease.source}' may make ${this.callsPerDay} paid calls a day and has ${this.remaining} left, not ${calls}; it goes on tomorrow (UTC), or with a higher limit`,
    );
  }

  private async spentToday(): Promise<number> {
    const row = await this.database
      .knex('paid_call')
      .where({
        source_id: this.lease.sourceKey,
        day: dayOfInstant(this.now()),
      })
      .first('calls');
    return Number(row?.calls ?? 0);
  }
}
