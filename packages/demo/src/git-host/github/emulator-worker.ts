import { parentPort, workerData } from 'node:worker_threads';
import type { SeedConfig } from 'emulate';

/** What the worker says once, when the emulator listens. */
export interface EmulatorStarted {
  url: string;
}

async function main(): Promise<void> {
  // The package is ESM only and exports nothing that `require` may load.
  const { createEmulator } = await import('emulate');
  const seed: SeedConfig = workerData;
  const emulator = await createEmulator({ service: 'github', port: 0, seed });
  const started: EmulatorStarted = { url: emulator.url };
  parentPort?.postMessage(started);
}

// A rejection ends the worker, and the worker's `error` event tells the reason.
main();
