import type {
  Freshness,
  FreshnessState,
} from '@plumbline/backstage-plugin-plumbline-common';
import { headlineOf } from './headlineOf';

const fresh: Freshness = {
  state: 'fresh',
  dataThrough: '2026-11-20',
  collectedAt: '2026-11-21T04:00:00.000Z',
  sources: ['focus:aws'],
};
const facts = {
  configured: true,
  kind: 'component',
  resourcesBound: 3,
  hasFigures: true,
  freshness: fresh,
};

describe('headlineOf', () => {
  it('is OK with fresh figures, and says how far they go', () => {
    expect(headlineOf(facts)).toEqual({
      state: 'ok',
      reason: 'The bill is complete through 20 November 2026.',
    });
  });

  it.each<[Exclude<FreshnessState, 'fresh'>, RegExp]>([
    ['stale', /longer than it should; the last time was 21 November 2026/],
    ['partial', /Only a part/],
    ['failing', /could not be read/],
    ['paused', /paused/],
    ['unknown', /not known/],
  ])('cannot tell from figures that are %s', (state, reason) => {
    expect(headlineOf({ ...facts, freshness: { ...fresh, state } })).toEqual({
      state: 'cannot-tell',
      reason: expect.stringMatching(reason),
    });
  });

  it('is not set up without a source or without a link', () => {
    expect(
      headlineOf({ ...facts, configured: false, hasFigures: false }),
    ).toMatchObject({
      state: 'not-set-up',
      reason: expect.stringContaining('No cost source'),
    });
    expect(
      headlineOf({ ...facts, resourcesBound: 0, hasFigures: false }),
    ).toEqual({
      state: 'not-set-up',
      reason: 'No cloud resource is linked to this component yet.',
    });
  });

  it('never takes missing lines for zero', () => {
    expect(headlineOf({ ...facts, hasFigures: false })).toEqual({
      state: 'cannot-tell',
      reason:
        'None of the 3 linked cloud resources has a line in the bill for this time.',
    });
    expect(
      headlineOf({
        ...facts,
        hasFigures: false,
        freshness: { state: 'unknown', sources: [] },
      }),
    ).toEqual({ state: 'cannot-tell', reason: 'No bill has been read yet.' });
  });

  it('tells an empty system from one that is closed to the caller', () => {
    const system = { ...facts, kind: 'system', hasFigures: false };
    expect(
      headlineOf({ ...system, members: { counted: 0, hidden: 0 } }).state,
    ).toBe('not-set-up');
    expect(
      headlineOf({ ...system, members: { counted: 0, hidden: 4 } }),
    ).toEqual({
      state: 'cannot-tell',
      reason: 'You may see the cost of none of the 4 entities in this system.',
    });
  });
});
