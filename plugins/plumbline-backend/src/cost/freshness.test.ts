import type {
  FreshnessState,
  SourceStatus,
} from '@plumbline/backstage-plugin-plumbline-common';
import { dayFromText } from '../database';
import { DataExtent } from './DataExtent';
import { freshnessOf } from './freshness';

const partition = (source: number, through: string) => ({
  source,
  sourceId: `focus:${source}`,
  month: '2026-02',
  firstDay: dayFromText('2026-02-01'),
  dataThrough: dayFromText(through),
  daily: true,
});
const status = (
  source: number,
  state: FreshnessState,
  lastSuccessAt?: string,
): SourceStatus => ({
  id: `focus:${source}`,
  domain: 'cost',
  title: 'a bill',
  state,
  paidCallsToday: 0,
  paidCallsPerDay: 0,
  ...(lastSuccessAt && { lastSuccessAt }),
});

describe('freshnessOf', () => {
  const extent = DataExtent.of([
    partition(1, '2026-02-20'),
    partition(2, '2026-02-18'),
  ]);
  const statuses = [
    status(1, 'fresh', '2026-02-21T05:00:00Z'),
    status(2, 'stale', '2026-02-19T05:00:00Z'),
  ];

  it('is that of the worst source the figures came from', () => {
    expect(freshnessOf(statuses, extent, new Set([1, 2]))).toEqual({
      state: 'stale',
      dataThrough: '2026-02-18',
      collectedAt: '2026-02-19T05:00:00Z',
      sources: ['focus:1', 'focus:2'],
    });
  });

  it('does not blame a source that has nothing to do with them', () => {
    expect(freshnessOf(statuses, extent, new Set([1]))).toEqual({
      state: 'fresh',
      dataThrough: '2026-02-20',
      collectedAt: '2026-02-21T05:00:00Z',
      sources: ['focus:1'],
    });
  });

  it('judges by all sources where there are no figures', () => {
    expect(freshnessOf(statuses, extent, new Set())).toMatchObject({
      state: 'stale',
      sources: ['focus:1', 'focus:2'],
    });
  });

  it('is unknown of a source that is no longer set up', () => {
    expect(freshnessOf([], extent, new Set([1]))).toEqual({
      state: 'unknown',
      dataThrough: '2026-02-20',
      sources: ['focus:1'],
    });
  });
});
