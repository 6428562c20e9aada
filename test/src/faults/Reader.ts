import knexFactory, { type Knex } from 'knex';
import { PlumblineDatabase } from '../bench/lib';
import { MONTHS, monthSum } from './bill';

const TABLES = [
  ['resource_cost_daily', 'resource_generation'],
  ['entity_cost_daily', 'entity_generation'],
  ['entity_cost_monthly', 'entity_generation'],
] as const;

/** One statement: what a page would see at one moment. */
const SNAPSHOT = TABLES.map(
  ([table, pointer]) =>
    `select '${table}' as table_name, p.month as month, cast(sum(c.effective) as text) as effective,
       cast(sum(c.billed) as text) as billed
     from cost_partition p join ${table} c on c.generation_id = p.${pointer} group by p.month`,
).join(' union all ');

/** Reads without pause, and checks that every read sees one whole generation of each month. */
export class Reader {
  static start(config: Knex.Config): Reader {
    const reader = new Reader(knexFactory(config));
    reader.reading = reader.read();
    return reader;
  }

  /** The newest version that was seen of each month. */
  readonly versions = new Map<string, number>();
  /** What no reader should ever see. */
  readonly faults: string[] = [];
  reads = 0;
  private stopped = false;
  private reading = Promise.resolve();
  private readonly database: PlumblineDatabase;

  private constructor(private readonly knex: Knex) {
    this.database = PlumblineDatabase.fromKnex(knex);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.reading;
    await this.knex.destroy();
  }

  /** One read. */
  async check(): Promise<void> {
    const rows = await this.database.query(SNAPSHOT);
    this.reads += 1;
    for (const month of MONTHS) {
      const seen = rows.filter(row => row.month === month);
      if (seen.length > 0) {
        this.checkMonth(month, seen);
      } else if (this.versions.has(month)) {
        this.faults.push(`${month} vanished`);
      }
    }
  }

  private checkMonth(month: string, seen: Record<string, unknown>[]): void {
    const sums = new Set(
      seen.flatMap(row => [String(row.effective), String(row.billed)]),
    );
    const [sum] = sums;
    const version = Number(BigInt(sum) / monthSum(1));
    if (
      seen.length !== TABLES.length ||
      sums.size !== 1 ||
      monthSum(version) !== BigInt(sum)
    ) {
      this.faults.push(`${month} is a mixture: ${JSON.stringify(seen)}`);
    } else if (version < (this.versions.get(month) ?? 0)) {
      this.faults.push(`${month} went back to version ${version}`);
    } else {
      this.versions.set(month, version);
    }
  }

  private async read(): Promise<void> {
    while (!this.stopped) {
      await this.check();
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  }
}
