import { toEntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { NameIndex } from './NameIndex';
import { TagIndex } from './TagIndex';
import type { SuggestableEntity, UnclaimedResource } from './types';
import { withoutEnvironment, wordsOf } from './words';

function entities(...refs: string[]): SuggestableEntity[] {
  return refs.map((ref, id) => ({
    id,
    ref: toEntityRef(ref),
    name: ref.split('/')[1],
    repositories: [],
  }));
}

function resource(
  nativeId: string,
  more: Partial<UnclaimedResource> = {},
): UnclaimedResource {
  return {
    id: 1,
    provider: 'AWS',
    accountId: '111122223333',
    nativeId,
    tags: new Map(),
    ...more,
  };
}

const lambda = (name: string) =>
  `arn:aws:lambda:eu-west-1:111122223333:function:${name}`;

describe('words', () => {
  it('splits names, and leaves out the environment at their end', () => {
    expect(wordsOf('CheckoutApi_v2-prod')).toEqual([
      'checkout',
      'api',
      'v2',
      'prod',
    ]);
    expect(withoutEnvironment(['checkout', 'eu', 'prod'])).toEqual([
      'checkout',
      'eu',
    ]);
    expect(withoutEnvironment(['prod'])).toEqual(['prod']);
    expect(withoutEnvironment(['a', 'blue'], new Set(['blue']))).toEqual(['a']);
  });
});

describe('names', () => {
  const shop = entities(
    'component:default/checkout-api',
    'component:default/checkout',
    'component:default/api',
    'component:default/search',
    'resource:default/search',
    'component:default/ml',
  );
  const index = NameIndex.create(shop, new Set(['blue']));
  const found = (nativeId: string, name?: string) =>
    index
      .find(resource(nativeId, { name }))
      .map(({ entityId }) => shop[entityId].ref);

  it.each([
    [lambda('checkout-api-prod'), ['component:default/checkout-api']],
    [lambda('checkoutApi-blue'), ['component:default/checkout-api']],
    // More words before fewer.
    [lambda('eu-checkout-api-handler'), ['component:default/checkout-api']],
    [lambda('checkout-worker'), ['component:default/checkout']],
    // Whole words only.
    [lambda('checkouts-worker'), []],
    [lambda('precheckout'), []],
    // What names a kind of thing is meant only where it is the whole name.
    [lambda('billing-api'), []],
    [lambda('api-prod'), ['component:default/api']],
    // Too short to be telling.
    [lambda('html-ml-render'), []],
    [
      'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/checkout-api-dev',
      ['component:default/checkout-api'],
    ],
    [
      '/subscriptions/checkout/resourceGroups/rg-checkout/providers/Microsoft.Search/sites/front',
      ['component:default/checkout'],
    ],
    [
      '//storage.googleapis.com/projects/_/buckets/checkout',
      ['component:default/checkout'],
    ],
    ['i-0d3650a23f4e45dc0', []],
  ])('finds the entity of %s', (id, refs) => {
    expect(found(id)).toEqual(refs);
  });

  it('finds two where two are as likely, and says why', () => {
    expect(found(lambda('search-indexer')).sort()).toEqual([
      'component:default/search',
      'resource:default/search',
    ]);
    expect(found('i-0d3650a23f4e45dc0', 'checkout-api-stage')).toEqual([
      'component:default/checkout-api',
    ]);
    const [{ reason }] = index.find(resource(lambda('x-checkout-api-y')));
    expect(reason).toBe(
      'Its name, x-checkout-api-y, holds the name checkout-api.',
    );
  });
});

describe('tags', () => {
  const shop: SuggestableEntity[] = [
    ...entities('component:default/checkout-api', 'component:default/other'),
    {
      id: 2,
      ref: toEntityRef('component:default/ledger'),
      name: 'ledger',
      title: 'The General Ledger',
      repositories: ['books'],
    },
    {
      id: 3,
      ref: toEntityRef('component:default/audit'),
      name: 'audit',
      repositories: ['books'],
    },
  ];
  const index = TagIndex.create(shop, new Set());
  const found = (tags: Record<string, string>) =>
    index
      .find(resource('x', { tags: new Map(Object.entries(tags)) }))
      .map(({ entityId }) => shop[entityId].name);

  it.each([
    [{ service: 'checkout-api' }, ['checkout-api']],
    [{ Service: 'CheckoutApi' }, ['checkout-api']],
    [
      { 'aws:cloudformation:stack-name': 'checkout-api-prod' },
      ['checkout-api'],
    ],
    [{ app: 'component:default/checkout-api' }, ['checkout-api']],
    [{ Name: 'the general ledger' }, ['ledger']],
    [{ application: 'books' }, ['ledger', 'audit']],
    // The more telling key counts.
    [{ Name: 'other', service: 'checkout-api' }, ['checkout-api']],
    [{ service: 'unheard-of', Name: 'other' }, ['other']],
    // Another key, or a part of a name, says nothing.
    [{ team: 'checkout-api' }, []],
    [{ service: 'checkout' }, []],
    [{ service: '' }, []],
  ])('finds the entity of %j', (tags, names) => {
    expect(found(tags)).toEqual(names);
  });
});
