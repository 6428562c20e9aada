import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  CollectContext,
  CostBatch,
  CostSource,
} from '@plumbline/backstage-plugin-plumbline-node';
import { CostBatchChecker } from './CostBatchChecker';

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
 * A cost source and what to ask it for. It must have at least two partitions in the window, all readable.
 *
 * @public
 */
export interface CostSourceSubject {
  source: CostSource;
  /** Months, `YYYY-MM`, both inclusive. */
  window: CollectContext['window'];
}

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

/**
 * The rules of `CostSource` and `CostBatch` as tests, whatever the test framework:
 *
 * ```ts
 * it.each(costSourceConformance(createSubject))('$rule', async ({ check }) => {
 *   await expect(check()).resolves.toBeUndefined();
 * });
 * ```
 *
 * @param create - makes a new subject over the same data for each rule
 * @public
 */
export function costSourceConformance(
  create: () => Promise<CostSourceSubject>,
): ConformanceRule[] {
  const rule = (
    name: string,
    check: (subject: CostSourceSubject) => Promise<void>,
  ): ConformanceRule => ({
    rule: name,
    check: async () => check(await create()),
  });
  return [
    rule('describes itself', describesItself),
    rule(
      'keeps to the order, sizes, indexes and totals of batches',
      async s => {
        await readAll(s);
      },
    ),
    rule('says unchanged where the fingerprint is the same', unchanged),
    rule('reads again what has another fingerprint, and only that', changed),
    rule('goes on after a cursor with exactly the rest', resumes),
    rule('keeps to the window', keepsToWindow),
    rule('says nothing when aborted before it starts', abortedBefore),
    rule('gives up soon after an abort', abortedDuring),
    rule('lets itself be left in the middle', abandoned),
  ];
}

async function describesItself({ source }: CostSourceSubject): Promise<void> {
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

async function unchanged(subject: CostSourceSubject): Promise<void> {
  const first = await readAll(subject);
  const second = await readAll(subject, { published: first.fingerprints });
  ensure(
    second.outcomes.every(({ type }) => type === 'unchanged') &&
      second.months.join() === first.months.join(),
    `it read ${describe(second)} though nothing had changed`,
  );
}

async function changed(subject: CostSourceSubject): Promise<void> {
  const first = await readAll(subject);
  const stale = first.months[first.months.length - 1];
  const published = new Map(first.fingerprints).set(stale, 'another');
  const second = await readAll(subject, { published });
  const reread = second.outcomes.filter(({ type }) => type === 'complete');
  ensure(
    reread.map(({ month }) => month).join() === stale,
    `it read ${describe(second)} where only ${stale} had changed`,
  );
}

async function resumes(subject: CostSourceSubject): Promise<void> {
  const first = await readAll(subject);
  for (const [i, { cursor }] of first.outcomes.entries()) {
    const rest = await readAll(subject, { cursor });
    ensure(
      rest.months.join() === first.months.slice(i + 1).join(),
      `after '${cursor}' it gave ${rest.months} instead of ${first.months.slice(
        i + 1,
      )}`,
    );
  }
}

async function keepsToWindow(subject: CostSourceSubject): Promise<void> {
  const { months } = await readAll(subject);
  const [from] = months;
  const narrow = await readAll({ ...subject, window: { from, to: from } });
  ensure(
    narrow.months.join() === from,
    `asked for ${from} alone it gave ${narrow.months}`,
  );
}

async function abortedBefore({
  source,
  window,
}: CostSourceSubject): Promise<void> {
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
}: CostSourceSubject): Promise<void> {
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

async function abandoned({ source, window }: CostSourceSubject): Promise<void> {
  await within('return', async () => {
    for await (const _ of source.collect(contextOf(window))) {
      break;
    }
  });
}

/** Reads all there is and checks every batch. */
async function readAll(
  { source, window }: CostSourceSubject,
  context: Partial<CollectContext> = {},
): Promise<CostBatchChecker> {
  const checker = new CostBatchChecker(window);
  const batches: AsyncIterable<CostBatch> = source.collect(
    contextOf(window, context),
  );
  for await (const batch of batches) {
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

function describe({ outcomes }: CostBatchChecker): string {
  return outcomes.map(({ month, type }) => `${month} (${type})`).join(', ');
}

function ensure(holds: boolean, message: string): void {
  if (!holds) {
    throw new Error(message);
  }
}
