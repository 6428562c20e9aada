import { performance } from 'node:perf_hooks';

/** The value that so large a share (0 to 1) of the values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

/** How long each of some acts takes, in milliseconds, one after another. */
export async function durations(
  count: number,
  act: (index: number) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    const start = performance.now();
    await act(index);
    times.push(performance.now() - start);
  }
  return times;
}
