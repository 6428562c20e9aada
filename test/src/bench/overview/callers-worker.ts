import { performance } from 'node:perf_hooks';
import { parentPort } from 'node:worker_threads';

/** Addresses to call, so many at a time. */
export interface CallJob {
  urls: string[];
  callers: number;
  token: string;
}

async function call({ urls, callers, token }: CallJob): Promise<number[]> {
  const times: number[] = [];
  const waiting = [...urls];
  const caller = async () => {
    for (let url = waiting.pop(); url; url = waiting.pop()) {
      const start = performance.now();
      const response = await fetch(url, {
        headers: { authorization: `Bearer ${token}` },
      });
      const text = await response.text();
      if (!response.ok) {
        throw new Error(`${url} answered ${response.status}: ${text}`);
      }
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return times;
}

// What fails here ends the thread, and with it whoever waits for its answer.
parentPort?.on('message', async (job: CallJob) =>
  parentPort?.postMessage(await call(job)),
);
