import type { LoggerService } from '@backstage/backend-plugin-api';
import type { CollectContext } from '../sources';

/** Longest time a source may take to give up. */
const PATIENCE_MS = 2_000;

const silentLogger: LoggerService = {
  error: () => {},
  warn: () => {},
  info: () => {},
  debug: () => {},
  child: () => silentLogger,
};

/**
 * One rule of the contract.
 *
 * @public
 */
export interface ConformanceRule {
  rule: string;
  /** @throws Error saying how the rule is broken. */
  check(): Promise<void>;
}

/** What became of one partition. @internal */
export interface Outcome {
  month: string;
  type: 'complete' | 'unchanged' | 'failed';
  cursor: string;
}

/** Follows a source's batches and throws at the first that breaks the contract. @internal */
export interface BatchChecker<TBatch> {
  readonly outcomes: readonly Outcome[];
  readonly fingerprints: ReadonlyMap<string, string>;
  readonly months: readonly string[];
  take(batch: TBatch): void;
  end(): void;
}

/** A source of any kind, and what to ask it for. @internal */
export interface Subject<TBatch extends { type: string }> {
  source: {
    readonly id: string;
    readonly title: string;
    readonly restatedMonths: number;
    readonly paidCallsPerDay: number;
    collect(context: CollectContext): AsyncIterable<TBatch>;
  };
  window: CollectContext['window'];
}

/**
 * The rules that every kind of source keeps.
 *
 * @internal
 */
export class SourceRules<TBatch extends { type: string }> {
  constructor(
    private readonly create: () => Promise<Subject<TBatch>>,
    private readonly checkerOf: (
      window: CollectContext['window'],
    ) => BatchChecker<TBatch>,
  ) {}

  all(whatBatchesKeepTo: string): ConformanceRule[] {
    return [
      this.rule('describes itself', describesItself),
      this.rule(`keeps to the ${whatBatchesKeepTo} of batches`, async s => {
        await this.readAll(s);
      }),
      this.rule('says unchanged where the fingerprint is the same', s =>
        this.unchanged(s),
      ),
      this.rule('reads again what has another fingerprint, and only that', s =>
        this.changed(s),
      ),
      this.rule('goes on after a cursor with exactly the rest', s =>
        this.resumes(s),
      ),
      this.rule('keeps to the window', s => this.keepsToWindow(s)),
      this.rule('says nothing when aborted before it starts', abortedBefore),
      this.rule('gives up soon after an abort', abortedDuring),
      this.rule('lets itself be left in the middle', abandoned),
    ];
  }

  private rule(
    name: string,
    check: (subject: Subject<TBatch>) => Promise<void>,
  ): ConformanceRule {
    return { rule: name, check: async () => check(await this.create()) };
  }

  private async unchanged(subject: Subject<TBatch>): Promise<void> {
    const first = await this.readAll(subject);
    const second = await this.readAll(subject, {
      published: first.fingerprints,
    });
    ensure(
      second.outcomes.every(({ type }) => type === 'unchanged') &&
        second.months.join() === first.months.join(),
      `it read ${describe(second)} though nothing had changed`,
    );
  }

  private async changed(subject: Subject<TBatch>): Promise<void> {
    const first = await this.readAll(subject);
    const stale = first.months[first.months.length - 1];
    const published = new Map(first.fingerprints).set(stale, 'another');
    const second = await this.readAll(subject, { published });
    const reread = second.outcomes.filter(({ type }) => type === 'complete');
    ensure(
      reread.map(({ month }) => month).join() === stale,
      `it read ${describe(second)} where only ${stale} had changed`,
    );
  }

  private async resumes(subject: Subject<TBatch>): Promise<void> {
    const first = await this.readAll(subject);
    for (const [i, { cursor }] of first.outcomes.entries()) {
      const rest = await this.readAll(subject, { cursor });
      ensure(
        rest.months.join() === first.months.slice(i + 1).join(),
        `after '${cursor}' it gave ${
          rest.months
        } instead of ${first.months.slice(i + 1)}`,
      );
    }
  }

  private async keepsToWindow(subject: Subject<TBatch>): Promise<void> {
    const { months } = await this.readAll(subject);
    const [from] = months;
    const narrow = await this.readAll({
      ...subject,
      window: { from, to: from },
    });
    ensure(
      narrow.months.join() === from,
      `asked for ${from} alone it gave ${narrow.months}`,
    );
  }

  /** Reads all there is and checks every batch. */
  private async readAll(
    { source, window }: Subject<TBatch>,
    context: Partial<CollectContext> = {},
  ): Promise<BatchChecker<TBatch>> {
    const checker = this.checkerOf(window);
    for await (const batch of source.collect(contextOf(window, context))) {
      checker.take(batch);
    }
    checker.end();
    if (!context.cursor && window.from !== window.to) {
      ensure(
        checker.outcomes.length >= 2 &&
          checker.outcomes.every(({ type }) => type !== 'failed'),
        `this test needs two readable partitions, not ${describe(checker)}`,
      );
    }
    return checker;
  }
}

async function describesItself({
  source,
}: Subject<{ type: string }>): Promise<void> {
  ensure(
    /^\S+$/.test(source.id),
    `its id '${source.id}' is empty or has blanks`,
  );
  ensure(source.title.trim() !== '', 'it has no title');
  ensure(
    Number.isInteger(source.restatedMonths) && source.restatedMonths >= 0,
    `restatedMonths is ${source.restatedMonths}`,
  );
  ensure(
    Number.isInteger(source.paidCallsPerDay) && source.paidCallsPerDay >= 0,
    `paidCallsPerDay is ${source.paidCallsPerDay}`,
  );
}

async function abortedBefore({
  source,
  window,
}: Subject<{ type: string }>): Promise<void> {
  let batches = 0;
  await within('start', async () => {
    const signal = AbortSignal.abort();
    try {
      for await (const _ of source.collect(contextOf(window, { signal }))) {
        batches += 1;
      }
    } catch {
      // To throw is one way of giving up.
    }
  });
  ensure(batches === 0, `it gave ${batches} batches`);
}

async function abortedDuring({
  source,
  window,
}: Subject<{ type: string }>): Promise<void> {
  const abort = new AbortController();
  const batches = source
    .collect(contextOf(window, { signal: abort.signal }))
    [Symbol.asyncIterator]();
  await batches.next();
  abort.abort();
  let completed = 0;
  await within('abort', async () => {
    try {
      for (;;) {
        const { done, value } = await batches.next();
        if (done) {
          return;
        }
        completed += value.type === 'complete' ? 1 : 0;
      }
    } catch {
      // To throw is one way of giving up.
    }
  });
  ensure(
    completed <= 1,
    `it completed ${completed} partitions after the abort`,
  );
}

async function abandoned({
  source,
  window,
}: Subject<{ type: string }>): Promise<void> {
  await within('return', async () => {
    for await (const _ of source.collect(contextOf(window))) {
      break;
    }
  });
}

function contextOf(
  window: CollectContext['window'],
  context: Partial<CollectContext> = {},
): CollectContext {
  return {
    window,
    published: new Map(),
    budget: { remaining: 1_000_000, spend: async () => {} },
    signal: new AbortController().signal,
    logger: silentLogger,
    ...context,
  };
}

async function within(what: string, task: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`it did not end ${PATIENCE_MS} ms after ${what}`)),
      PATIENCE_MS,
    );
  });
  try {
    await Promise.race([task(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function describe({ outcomes }: { outcomes: readonly Outcome[] }): string {
  return outcomes.map(({ month, type }) => `${month} (${type})`).join(', ');
}

function ensure(holds: boolean, message: string): void {
  if (!holds) {
    throw new Error(message);
  }
}
