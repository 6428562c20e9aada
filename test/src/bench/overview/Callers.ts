import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { CallJob } from './callers-worker';

/**
 * People who call at the same time, from a thread of their own: what calling costs is not taken from the back
 * end's time.
 */
export class Callers {
  readonly #worker: Worker;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  static async start(): Promise<Callers> {
    const worker = new Worker(require.resolve('./callers-worker'), {
      execArgv: [
        '--require',
        require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
      ],
    });
    await once(worker, 'online');
    return new Callers(worker);
  }

  /** How long each call took, in milliseconds; fails where one was not answered with success. */
  async call(job: CallJob): Promise<number[]> {
    this.#worker.postMessage(job);
    const [answer] = await once(this.#worker, 'message');
    return answer;
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
