import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import type { Line, LineKey } from './lines';
import type { PortfolioView } from './PortfolioService';

/** Gives away the names that the caller may see, and no others. @internal */
export type Namer = (whose: LineKey) => LineKey;

/** Who of the lines may be named, by one read of the catalog. Environments are nobody's secret. @internal */
export async function namerOf(
  lines: readonly LineKey[],
  { query, nameable }: PortfolioView,
): Promise<Namer> {
  if (query.by === 'environment') {
    return ({ kind, key }) => ({ kind, key });
  }
  const refs = lines.flatMap(({ key }) => (key === undefined ? [] : [key]));
  const shown = await nameable([...new Set(refs)] as EntityRef[]);
  return ({ kind, key }) => {
    if (key === undefined) {
      return { kind };
    }
    return shown.has(key) ? { kind, key } : { kind: 'hidden' };
  };
}

/**
 * The lines that a person looks for: by names that they may see, so that nothing can be learnt about others.
 * Where names decide which lines there are, or their order, those without one lose theirs here.
 *
 * @internal
 */
export async function namedLines(
  lines: readonly Line[],
  view: PortfolioView,
): Promise<Line[]> {
  const { search, sort } = view.query;
  if (search === undefined && sort !== 'name') {
    return [...lines];
  }
  const namer = await namerOf(lines, view);
  const named = lines.map(line => ({
    ...line,
    key: undefined,
    ...namer(line),
  }));
  return search === undefined
    ? named
    : named.filter(({ key }) => key?.includes(search));
}
