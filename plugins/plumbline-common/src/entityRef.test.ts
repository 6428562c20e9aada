import { toEntityRef } from './entityRef';

describe('toEntityRef', () => {
  it('makes a full reference in lower case', () => {
    expect(toEntityRef('Component:Checkout')).toBe(
      'component:default/checkout',
    );
    expect(toEntityRef({ kind: 'Resource', name: 'Orders' })).toBe(
      'resource:default/orders',
    );
  });

  it.each([
    'checkout\u0000',
    { kind: 'component', namespace: 'default\n', name: 'checkout' },
    { kind: 'component', name: 'check\u009fout' },
  ])('refuses control characters: %j', ref => {
    expect(() => toEntityRef(ref)).toThrow(/control character/);
  });

  it('refuses what has no kind', () => {
    expect(() => toEntityRef('checkout')).toThrow(/write it as kind/);
  });
});
