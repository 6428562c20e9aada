import type {
  EntityOverview,
  Portfolio,
  Statement,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { DemoBackend } from '../demo/DemoBackend';

/** The months that the views are of. */
export interface Months {
  from: string;
  to: string;
}

/** All that one person gets to see of costs, wherever they ask. */
export interface Views {
  /** By entity; absent where the answer is that there is no such entity. */
  overviews: ReadonlyMap<string, EntityOverview>;
  portfolios: Record<string, Portfolio>;
  /** Months by their name, and the breakdown. */
  statements: Statement[];
  csv: string[];
  /** Text of every answer, for whoever looks for what should not be in it. */
  texts: string[];
}

const BY = ['owner', 'system', 'domain', 'environment', 'entity'];

/** Asks everything there is to ask, as one person. */
export async function viewsOf(options: {
  demo: DemoBackend;
  person: string;
  entityRefs: readonly string[];
  months: Months;
  closed: readonly string[];
}): Promise<Views> {
  const { demo, person, entityRefs, months, closed } = options;
  const texts: string[] = [];
  const read = async (
    path: string,
    init?: { method: string; body: object },
  ) => {
    const response = await demo.ask(person, path, init);
    const text = await response.text();
    if (response.status !== 200) {
      throw new Error(`${person} ${path}: ${response.status} ${text}`);
    }
    texts.push(text);
    return text;
  };

  const overviews = new Map<string, EntityOverview>();
  for (let start = 0; start < entityRefs.length; start += 200) {
    const { items } = JSON.parse(
      await read('/v1/overviews', {
        method: 'POST',
        body: { entityRefs: entityRefs.slice(start, start + 200) },
      }),
    ) as { items: EntityOverview[] };
    items.forEach(item => overviews.set(item.entityRef, item));
  }

  const portfolios: Record<string, Portfolio> = {};
  for (const by of BY) {
    portfolios[by] = JSON.parse(
      await read(
        `/v1/portfolio?by=${by}&from=${months.from}&to=${months.to}&limit=500`,
      ),
    );
  }

  const statements: Statement[] = [];
  const csv: string[] = [];
  await read('/v1/statements');
  for (const month of closed) {
    for (const by of ['owner', 'system', 'domain', 'entity']) {
      statements.push(
        JSON.parse(await read(`/v1/statements/${month}?by=${by}&limit=500`)),
      );
    }
    csv.push(await read(`/v1/statements/${month}/csv`));
  }
  return { overviews, portfolios, statements, csv, texts };
}
