import { Coalesced } from './Coalesced';

/** Work that ends when it is told to. */
function work() {
  const rounds: { end: (value: number) => void; signal: AbortSignal }[] = [];
  const coalesced = Coalesced.create(
    signal =>
      new Promise<number>((resolve, reject) => {
        rounds.push({ end: resolve, signal });
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  );
  return { rounds, coalesced };
}

const settle = () => new Promise(resolve => setImmediate(resolve));

describe('Coalesced', () => {
  it('gives all who come during a round one further round', async () => {
    const { rounds, coalesced } = work();
    const first = coalesced.run();
    await settle();
    const late = [coalesced.run(), coalesced.run()];
    await settle();
    expect(rounds).toHaveLength(1);
    rounds[0].end(1);
    expect(await first).toBe(1);
    await settle();
    rounds[1].end(2);
    expect(await Promise.all(late)).toEqual([2, 2]);
    const again = coalesced.run();
    await settle();
    rounds[2].end(3);
    expect(await again).toBe(3);
  });

  it('stops a round only when nobody waits for it any more', async () => {
    const { rounds, coalesced } = work();
    const one = new AbortController();
    const two = new AbortController();
    const first = coalesced.run();
    await settle();
    const results = [
      coalesced.run(one.signal).catch(String),
      coalesced.run(two.signal).catch(String),
    ];
    rounds[0].end(1);
    await first;
    await settle();
    one.abort(new Error('one left'));
    await settle();
    expect(rounds[1].signal.aborted).toBe(false);
    two.abort(new Error('two left'));
    expect(await Promise.all(results)).toEqual([
      'Error: two left',
      'Error: two left',
    ]);
    expect(rounds).toHaveLength(2);
  });

  it('does not let a failed round spoil the next', async () => {
    const failing = jest.fn<Promise<number>, []>();
    failing.mockRejectedValueOnce(new Error('once')).mockResolvedValue(7);
    const coalesced = Coalesced.create(failing);
    const first = coalesced.run().catch(String);
    await settle();
    const second = coalesced.run();
    expect(await first).toBe('Error: once');
    expect(await second).toBe(7);
  });
});
