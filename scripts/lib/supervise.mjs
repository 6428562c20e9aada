import { ended } from './processes.mjs';
import { StepError } from './steps.mjs';

const POLL_MS = 200;

/**
 * Rejects as soon as one of the long-running programs has ended, naming it.
 *
 * @param {Record<string, import('node:child_process').ChildProcess>} children by what they are
 */
export async function supervise(children) {
  const [name, outcome] = await Promise.race(
    Object.entries(children).map(async ([what, child]) => [
      what,
      await ended(child),
    ]),
  );
  throw new StepError(
    `Failed: ${name} has ended with ${outcome}.\nWhat to do: read the messages above and .cache/logs, then start again.`,
  );
}

/** Resolves once a URL answers with success. */
export async function untilReady(url) {
  for (;;) {
    const ok = await fetch(url).then(
      response => response.ok,
      () => false,
    );
    if (ok) {
      return;
    }
    await new Promise(resolve => {
      setTimeout(resolve, POLL_MS);
    });
  }
}
