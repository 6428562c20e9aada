import { isEntityOwner } from './isEntityOwner';

describe('isEntityOwner', () => {
  const params = { claims: ['group:default/team-a', 'X:default/Other'] };

  it('matches by the reference the entity carries', () => {
    const resource = {
      ref: 'component:default/a',
      ownerRef: 'group:default/team-a',
    };
    expect(isEntityOwner.apply(resource, params)).toBe(true);
    expect(isEntityOwner.apply(resource, { claims: ['x:default/b'] })).toBe(
      false,
    );
  });

  it('matches the named entity itself, whatever its case', () => {
    expect(isEntityOwner.apply({ ref: 'x:default/other' }, params)).toBe(true);
  });

  it('matches nothing where the entity carries no reference or none is asked for', () => {
    expect(isEntityOwner.apply({ ref: 'component:default/a' }, params)).toBe(
      false,
    );
    expect(
      isEntityOwner.apply({ ref: 'component:default/a' }, { claims: [] }),
    ).toBe(false);
  });

  it('asks the same of the table', () => {
    const values = ['group:default/team-a', 'x:default/other'];
    expect(isEntityOwner.toQuery(params)).toEqual({
      anyOf: [
        { property: 'ref', values },
        { property: 'owner_ref', values },
      ],
    });
  });
});
