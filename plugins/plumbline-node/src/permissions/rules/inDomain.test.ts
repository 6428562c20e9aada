import { inDomain } from './inDomain';

describe('inDomain', () => {
  const params = { domains: ['domain:default/retail', 'X:default/Other'] };

  it('matches by the reference the entity carries', () => {
    const resource = {
      ref: 'component:default/a',
      domainRef: 'domain:default/retail',
    };
    expect(inDomain.apply(resource, params)).toBe(true);
    expect(inDomain.apply(resource, { domains: ['x:default/b'] })).toBe(false);
  });

  it('matches the named entity itself, whatever its case', () => {
    expect(inDomain.apply({ ref: 'x:default/other' }, params)).toBe(true);
  });

  it('matches nothing where the entity carries no reference or none is asked for', () => {
    expect(inDomain.apply({ ref: 'component:default/a' }, params)).toBe(false);
    expect(
      inDomain.apply({ ref: 'component:default/a' }, { domains: [] }),
    ).toBe(false);
  });

  it('asks the same of the table', () => {
    const values = ['domain:default/retail', 'x:default/other'];
    expect(inDomain.toQuery(params)).toEqual({
      anyOf: [
        { property: 'ref', values },
        { property: 'domain_ref', values },
      ],
    });
  });
});
