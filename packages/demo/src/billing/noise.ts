import { createHash } from 'crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of numbers in [0, 1) that is the same for the same seed and name. */
export function randomStream(seed: number, name: string): () => number {
  const digest = createHash('sha256').update(`${seed}:${name}`).digest();
  const generator = xoroshiro128plus(digest.readInt32LE(0));
  return () => uniformFloat64(generator);
}

/**
 * Daily noise around 1: what is high today is likely to be high tomorrow.
 *
 * @param spread - about the standard deviation of a day
 */
export function noiseSeries(
  random: () => number,
  days: number,
  spread: number,
): number[] {
  const persistence = 0.5;
  const shock = spread * Math.sqrt(1 - persistence * persistence);
  let level = 0;
  return Array.from({ length: days }, () => {
    // The sum of twelve uniforms is near enough to a normal distribution
    let sum = -6;
    for (let i = 0; i < 12; i++) {
      sum += random();
    }
    level = persistence * level + shock * sum;
    return Math.max(0.2, 1 + level);
  });
}
