import { parsePathEntity } from './parsePathEntity';

describe('parsePathEntity', () => {
  it('makes a full reference in lower case', () => {
    expect(
      parsePathEntity({
        kind: 'Component',
        namespace: 'Default',
        name: 'Checkout',
      }),
    ).toBe('component:default/checkout');
  });
});
