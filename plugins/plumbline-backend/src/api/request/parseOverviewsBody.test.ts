import { parseOverviewsBody } from './parseOverviewsBody';

describe('parseOverviewsBody', () => {
  it('takes each entity once, whatever its case', () => {
    expect(
      parseOverviewsBody({
        entityRefs: [
          'component:default/a',
          'Component:default/A',
          'resource:default/b',
        ],
      }),
    ).toEqual(['component:default/a', 'resource:default/b']);
  });

  it('refuses what is no reference', () => {
    expect(() => parseOverviewsBody({ entityRefs: ['nonsense'] })).toThrow(
      /'"nonsense"' is not an entity reference/,
    );
  });
});
