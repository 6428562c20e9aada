import { performance } from 'node:perf_hooks';

const ANNOUNCE_AFTER_MS = 1000;

/** A step that did not work; the message says which one, why, and what to do. */
export class StepError extends Error {
  name = 'StepError';
}

/** Seconds with one decimal, as shown to people. */
export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/**
 * Runs one step, says so in a line with the time it took (and before, if it takes long), and names it if it
 * fails.
 *
 * @param {string} what the step in a few words, "install packages"
 * @param {string} advice what a person can do when it fails
 * @param {() => Promise<string | void>} work may answer a few words about the outcome
 */
export async function step(what, advice, work) {
  const before = performance.now();
  const announce = setTimeout(
    () => console.log(`  ${what} …`),
    ANNOUNCE_AFTER_MS,
  );
  try {
    const outcome = await work();
    const note = outcome ? ` (${outcome})` : '';
    console.log(`  ${what}${note}: ${seconds(performance.now() - before)}`);
  } catch (error) {
    throw error instanceof StepError
      ? error
      : new StepError(failure(what, error, advice));
  } finally {
    clearTimeout(announce);
  }
}

/** The message of a failed step. */
export function failure(what, error, advice) {
  return `Failed: ${what}.\n${error.message}\nWhat to do: ${advice}`;
}
