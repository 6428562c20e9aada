import { parseClaimProposal, parseClaimsPage } from '.';

const proposal = {
  entityRef: 'Component:default/Checkout',
  from: '1970-01-02',
  to: '1970-02-01',
};

describe('parseClaimProposal', () => {
  it('takes resources one by one, each once', () => {
    expect(
      parseClaimProposal({
        ...proposal,
        resourceIds: ['7', '8', '7'],
        note: ' ours ',
      }),
    ).toEqual({
      entityRef: 'component:default/checkout',
      window: { from: 1, to: 31 },
      resources: { ids: [7, 8] },
      note: 'ours',
    });
  });

  it('takes what they are found by', () => {
    const filters = { account: '1', tag: 'team=' };
    expect(parseClaimProposal({ ...proposal, filters }).resources).toEqual({
      filter: { account: '1', tag: { key: 'team', value: undefined } },
      filters,
    });
  });

  it.each([
    {},
    { filters: {} },
    { resourceIds: ['7'], filters: { account: '1' } },
  ])('refuses %j', change => {
    expect(() => parseClaimProposal({ ...proposal, ...change })).toThrow(
      /either 'resourceIds' or 'filters'/,
    );
  });

  it('refuses ids that no database has', () => {
    expect(() =>
      parseClaimProposal({ ...proposal, resourceIds: ['9999999999'] }),
    ).toThrow(/is no resource/);
  });
});

describe('parseClaimsPage', () => {
  it('fills in what is left out, and takes what is said', () => {
    expect(parseClaimsPage({})).toEqual({ limit: 25 });
    expect(
      parseClaimsPage({ state: 'open', cursor: '9', limit: '100' }),
    ).toEqual({ state: 'open', before: 9, limit: 100 });
    expect(() => parseClaimsPage({ limit: '101' })).toThrow(/1 to 100/);
  });
});
