import { parseBucketSelection, parseUnallocatedQuery } from '.';

const days = { from: '1970-01-02', to: '1970-02-01' };

describe('parseUnallocatedQuery', () => {
  it('fills in what is left out', () => {
    expect(parseUnallocatedQuery({ bucket: 'unallocated', ...days })).toEqual({
      bucket: 'unallocated',
      window: { from: 1, to: 31 },
      basis: 'effective',
      filter: {},
      groupBy: 'account',
      offset: 0,
      limit: 50,
    });
  });

  it('takes what is said', () => {
    expect(
      parseUnallocatedQuery({
        bucket: 'shared',
        ...days,
        basis: 'billed',
        currency: 'EUR',
        account: '',
        service: 'AWS Lambda',
        category: 'waste',
        tag: 'team=payments',
        search: 'nat',
        groupBy: 'tag',
        tagKey: 'env',
        cursor: '100',
        limit: '25',
      }),
    ).toMatchObject({
      bucket: 'shared',
      basis: 'billed',
      currency: 'EUR',
      filter: {
        account: '',
        service: 'AWS Lambda',
        category: 'waste',
        tag: { key: 'team', value: 'payments' },
        search: 'nat',
      },
      groupBy: 'tag',
      tagKey: 'env',
      offset: 100,
      limit: 25,
    });
  });

  it.each([
    ['team=', { key: 'team', value: undefined }],
    ['user:team=a=b', { key: 'user:team', value: 'a=b' }],
    ['a%3Db%2525=x', { key: 'a=b%25', value: 'x' }],
    ['=', 'none'],
    ['=*', 'any'],
  ])('reads the tag %s', (tag, filter) => {
    expect(
      parseBucketSelection({ bucket: 'shared', ...days, tag }).filter.tag,
    ).toEqual(filter);
  });

  it.each([
    [{ tag: 'team' }, /'tag' \(team\) is written key=value/],
    [{ tag: '=x' }, /names no key/],
    [{ tagKey: 'team' }, /'tagKey' goes with groupBy=tag/],
    [{ limit: '0' }, /'limit' must be from 1 to 1000/],
    [{ limit: '1001' }, /'limit'/],
    [{ to: '1970-07-12' }, /190 days apart at most/],
    [{ from: '1970-02-30' }, /'from' is wrong/],
  ])('refuses %j', (change, message) => {
    expect(() =>
      parseUnallocatedQuery({ bucket: 'unallocated', ...days, ...change }),
    ).toThrow(message);
  });
});
