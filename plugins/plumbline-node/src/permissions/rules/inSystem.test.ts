import { inSystem } from './inSystem';

describe('inSystem', () => {
  const params = { systems: ['system:default/shop', 'X:default/Other'] };

  it('matches by the reference the entity carries', () => {
    const resource = {
      ref: 'component:default/a',
      systemRef: 'system:default/shop',
    };
    expect(inSystem.apply(resource, params)).toBe(true);
    expect(inSystem.apply(resource, { systems: ['x:default/b'] })).toBe(false);
  });

  it('matches the named entity itself, whatever its case', () => {
    expect(inSystem.apply({ ref: 'x:default/other' }, params)).toBe(true);
  });

  it('matches nothing where the entity carries no reference or none is asked for', () => {
    expect(inSystem.apply({ ref: 'component:default/a' }, params)).toBe(false);
    expect(
      inSystem.apply({ ref: 'component:default/a' }, { systems: [] }),
    ).toBe(false);
  });

  it('asks the same of the table', () => {
    const values = ['system:default/shop', 'x:default/other'];
    expect(inSystem.toQuery(params)).toEqual({
      anyOf: [
        { property: 'ref', values },
        { property: 'system_ref', values },
      ],
    });
  });
});
