import { abortable } from './abortable';

async function takeAll<T>(items: AsyncIterable<T>): Promise<T[]> {
  const taken: T[] = [];
  for await (const item of items) {
    taken.push(item);
  }
  return taken;
}

describe('abortable', () => {
  const { signal } = new AbortController();

  it('hands on everything in its order, reading no more than a little ahead', async () => {
    let fetched = 0;
    async function* numbers() {
      for (let number = 0; number < 60; number++) {
        fetched += 1;
        yield number;
      }
    }
    const ahead: number[] = [];
    const taken: number[] = [];
    for await (const number of abortable(numbers(), signal)) {
      await new Promise(resolve => setTimeout(resolve, 1));
      taken.push(number);
      ahead.push(fetched - taken.length);
    }
    expect(taken).toEqual(Array.from({ length: 60 }, (_, number) => number));
    expect(Math.max(...ahead)).toBeLessThanOrEqual(24);
    expect(Math.max(...ahead)).toBeGreaterThan(1);
  });

  it('throws what the source throws, after what came before', async () => {
    const taken: number[] = [];
    await expect(async () => {
      async function* broken() {
        yield 1;
        yield 2;
        throw new Error('boom');
      }
      for await (const number of abortable(broken(), signal)) {
        await new Promise(resolve => setTimeout(resolve, 5));
        taken.push(number);
      }
    }).rejects.toThrow('boom');
    expect(taken).toEqual([1, 2]);
  });

  it('stops a source that hangs', async () => {
    const stop = new AbortController();
    async function* hanging() {
      yield 1;
      await new Promise(() => {});
    }
    setTimeout(() => stop.abort(new Error('time is over')), 10);
    await expect(takeAll(abortable(hanging(), stop.signal))).rejects.toThrow(
      'time is over',
    );
  });

  it('ends the source when its reader leaves', async () => {
    let closed = false;
    async function* open() {
      try {
        for (;;) {
          yield 1;
        }
      } finally {
        closed = true;
      }
    }
    for await (const number of abortable(open(), signal)) {
      expect(number).toBe(1);
      break;
    }
    await new Promise(resolve => setTimeout(resolve, 10));
    expect(closed).toBe(true);
  });
});
