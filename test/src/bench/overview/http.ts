import type { PlumblineDatabase } from '@plumbline/backstage-plugin-plumbline-backend/src/database';
import { Callers } from './Callers';
import { TEAMS } from './fill';
import type { Size } from './fill';
import { percentile } from './percentile';
import { startPortal } from './portal';

const CALLERS = 20;
const ROUNDS = 7;
const CALLS_PER_ROUND = 400;

/** Every so many-th team has the person who looks among its members, who is thus in ten. */
const EVERY = 10;

/**
 * How long an overview takes over HTTP with permissions, as a multiple of a handler that authorises the same
 * caller and answers nothing; the median of several rounds in turns.
 */
export async function measureHttp(
  database: PlumblineDatabase,
  size: Size,
): Promise<{ ratio: number; overview: number; empty: number }> {
  const names = Array.from(
    { length: size.entities / EVERY },
    (_, index) => `bench-${(index + 1) * EVERY}`,
  );
  const portal = await startPortal(
    database,
    names,
    Array.from(
      { length: TEAMS / EVERY },
      (_, index) => `group:default/team-${index * EVERY}`,
    ),
  );
  const callers = await Callers.start();
  try {
    const measure = async (urlOf: (index: number) => string) => {
      const urls = Array.from({ length: CALLS_PER_ROUND }, (_, index) =>
        urlOf(index),
      );
      return percentile(
        await callers.call({ urls, callers: CALLERS, token: portal.token }),
        0.5,
      );
    };
    const empty = () => measure(() => `${portal.url}/empty/`);
    let next = 0;
    const overview = () =>
      measure(() => {
        const name = names[next++ % names.length];
        return `${portal.url}/plumbline/v1/entities/component/default/${name}/overview`;
      });
    await empty();
    await overview();
    const rounds: { overview: number; empty: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push({ empty: await empty(), overview: await overview() });
    }
    const median = (of: (round: (typeof rounds)[number]) => number) =>
      percentile(rounds.map(of), 0.5);
    return {
      ratio: median(round => round.overview / round.empty),
      overview: median(round => round.overview),
      empty: median(round => round.empty),
    };
  } finally {
    await callers.stop();
    await portal.stop();
  }
}
