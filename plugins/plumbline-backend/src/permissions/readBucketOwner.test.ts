import { ConfigReader } from '@backstage/config';
import { readBucketOwner } from './readBucketOwner';

const read = (plumbline: object) =>
  readBucketOwner(new ConfigReader({ plumbline }));

describe('readBucketOwner', () => {
  it('reads a group, in lower case', () => {
    expect(read({ buckets: { owner: 'Group:default/FinOps' } })).toBe(
      'group:default/finops',
    );
  });

  it('is nobody where nothing is said', () => {
    expect(read({})).toBeUndefined();
  });

  it.each(['finops', 'group:finops', 'group:default/'])('refuses %p', owner => {
    expect(() => read({ buckets: { owner } })).toThrow('write a group in full');
  });
});
