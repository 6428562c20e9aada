import {
  BindingsFixture,
  databases,
  entity,
  readFrom,
} from './__testUtils__/BindingsFixture';

const shop = 'https://github.com/acme/shop/blob/main';
const file = (repository: string) =>
  `https://github.com/${repository}/blob/HEAD/.plumbline.yaml`;

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())('repositories on %s', databaseId => {
  const create = (plumbline = {}) =>
    BindingsFixture.create(databaseId, plumbline);

  it("proves the folder of an entity's own descriptor, and nothing above it", async () => {
    const fixture = await create();
    fixture.entities = [
      entity('Component:cart', {
        ...readFrom(`${shop}/services/cart/catalog-info.yaml`),
        'github.com/project-slug': 'acme/shop',
      }),
    ];
    await fixture.pass();
    expect((await fixture.of('component:default/cart')).bindings).toMatchObject(
      [
        {
          target: {
            kind: 'repository',
            host: 'github.com',
            repository: 'acme/shop',
            path: 'services/cart',
          },
          matchedBy: 'origin-location',
          proof: 'proven',
          environment: 'unknown',
        },
      ],
    );
  });

  it.each([
    ['a pull request', 'refs/pull/5/head'],
    [
      'a commit, which may be of a fork',
      '0123456789abcdef0123456789abcdef01234567',
    ],
    ['a branch', 'mine'],
  ])('does not believe a descriptor read from %s', async (_, ref) => {
    const fixture = await create();
    fixture.entities = [
      entity(
        'Component:hijacker',
        readFrom(`https://github.com/acme/shop/blob/${ref}/catalog-info.yaml`),
      ),
    ];
    await fixture.pass();
    const { bindings } = await fixture.of('component:default/hijacker');
    expect(bindings.map(({ proof }) => proof)).toEqual(['claimed']);
  });

  it('proves nothing by a central catalog, however its name is written', async () => {
    const fixture = await create({
      bindings: { centralCatalogs: ['https://github.com/acme/catalog'] },
    });
    fixture.files.set(
      file('acme/catalog'),
      'version: 1\nentities: {"component:default/a": {paths: [a]}}\n',
    );
    fixture.files.set(
      file('Acme/Catalog'),
      'version: 1\nentities: {"component:default/a": {paths: [a]}}\n',
    );
    fixture.entities = [
      entity(
        'Component:a',
        readFrom(
          'https://github.com/Acme/Catalog/blob/main/a/catalog-info.yaml',
        ),
      ),
      entity(
        'Component:b',
        readFrom(
          'https://github.com/acme/catalog/blob/main/b.yaml',
          'https://github.com/acme/victim/tree/main/',
        ),
      ),
    ];
    await fixture.pass();
    expect(
      await fixture.binding('component:default/a', 'Acme/Catalog:a'),
    ).toMatchObject({
      proof: 'claimed',
      proofReason: expect.stringContaining('central catalog'),
    });
    expect((await fixture.of('component:default/b')).bindings).toMatchObject([
      {
        target: { repository: 'acme/victim' },
        matchedBy: 'source-location',
        proof: 'claimed',
      },
    ]);
  });

  it("never proves another team's repository by an annotation", async () => {
    const fixture = await create();
    fixture.entities = [
      entity('Component:victim', readFrom(`${shop}/catalog-info.yaml`), {
        ownedBy: 'group:default/victims',
      }),
      entity('Component:by-source', {
        ...readFrom(
          'https://github.com/evil/own/blob/main/catalog-info.yaml',
          'https://github.com/acme/shop/tree/main/',
        ),
      }),
      entity('Component:by-slug', {
        ...readFrom(
          'https://github.com/evil/own/blob/main/slug/catalog-info.yaml',
        ),
        'github.com/project-slug': 'acme/shop',
      }),
    ];
    fixture.files.set(
      file('acme/shop'),
      'version: 1\nentities:\n  component:default/victim: { paths: ["**"] }\n',
    );
    await fixture.pass();
    expect(
      await fixture.binding('component:default/victim', 'acme/shop:'),
    ).toMatchObject({
      proof: 'proven',
      matchedBy: 'repository-file',
    });
    for (const ref of [
      'component:default/by-source',
      'component:default/by-slug',
    ]) {
      expect(await fixture.binding(ref, 'acme/shop:')).toMatchObject({
        proof: 'claimed',
      });
    }
    // Its descriptor's folder is not the code, once it says that the code is elsewhere.
    expect(
      (await fixture.of('component:default/by-source')).bindings,
    ).toHaveLength(1);
  });

  it('does not let a repository push itself on an entity that never claimed it', async () => {
    const fixture = await create();
    fixture.entities = [
      entity('Component:victim', readFrom(`${shop}/catalog-info.yaml`)),
      entity(
        'Component:evil',
        readFrom('https://github.com/evil/own/blob/main/catalog-info.yaml'),
      ),
    ];
    fixture.files.set(
      file('evil/own'),
      'version: 1\nentities:\n  component:default/victim: { paths: [loot] }\n',
    );
    await fixture.pass();
    expect(
      (await fixture.of('component:default/victim')).bindings,
    ).toMatchObject([{ target: { repository: 'acme/shop' } }]);
  });

  it('cannot tell whose a folder is that holds entities of several owners', async () => {
    const fixture = await create();
    const owned = (name: string, path: string, owner: string) =>
      entity(`Component:${name}`, readFrom(`${shop}/${path}`), {
        ownedBy: `group:default/${owner}`,
      });
    fixture.entities = [
      owned('root', 'catalog-info.yaml', 'platform'),
      owned('cart', 'services/cart/catalog-info.yaml', 'cart'),
      owned('cart-db', 'services/cart/db.yaml', 'cart'),
      owned('mixed-a', 'mixed/a.yaml', 'platform'),
      owned('mixed-b', 'mixed/b.yaml', 'cart'),
    ];
    await fixture.pass();
    const proofOf = async (name: string) =>
      (await fixture.of(`component:default/${name}`)).bindings[0].proof;
    expect(
      await Promise.all(
        ['root', 'cart', 'cart-db', 'mixed-a', 'mixed-b'].map(proofOf),
      ),
    ).toEqual(['claimed', 'proven', 'proven', 'claimed', 'claimed']);
  });

  it("lets nobody undo a proof from a fork's commit", async () => {
    const fixture = await create();
    const commit = shop.replace(/\/main$/, `/${'a'.repeat(40)}`);
    expect(commit).not.toBe(shop);
    const owned = (name: string, from: string, owner: string) =>
      entity(`Component:${name}`, readFrom(from), {
        ownedBy: `group:default/${owner}`,
      });
    fixture.entities = [
      owned('shop', `${shop}/catalog-info.yaml`, 'platform'),
      owned('intruder', `${commit}/evil/catalog-info.yaml`, 'evil'),
    ];
    await fixture.pass();
    const [proof] = (await fixture.of('component:default/shop')).bindings;
    expect(proof).toMatchObject({ proof: 'proven' });
  });

  it('takes the paths that the repository gives to the entity', async () => {
    const fixture = await create();
    fixture.entities = [
      entity(
        'Component:cart',
        readFrom(
          'https://github.com/acme/catalog/blob/main/cart.yaml',
          'https://github.com/acme/infra/tree/main/',
        ),
      ),
    ];
    fixture.files.set(
      file('acme/infra'),
      'version: 1\nentities:\n  Component:default/Cart: { paths: [./stacks/cart/**, modules/cart.tf] }\n',
    );
    await fixture.pass();
    expect((await fixture.of('component:default/cart')).bindings).toMatchObject(
      ['stacks/cart', 'modules/cart.tf'].map(path => ({
        target: { repository: 'acme/infra', path },
        matchedBy: 'repository-file',
        proof: 'proven',
      })),
    );
  });

  it("takes the operator's map", async () => {
    const fixture = await create({
      bindings: {
        map: [
          {
            entity: 'component:default/cart',
            repositories: [
              { url: 'https://github.com/acme/old', paths: ['cart/**'] },
            ],
          },
        ],
      },
    });
    fixture.entities = [entity('Component:cart')];
    await fixture.pass();
    expect(
      await fixture.binding('component:default/cart', 'acme/old:cart'),
    ).toMatchObject({
      matchedBy: 'operator-map',
      proof: 'proven',
    });
  });

  it.each([
    ['not YAML', 'version: 1\nentities: [', /is not YAML .*line 2/],
    [
      'an unknown key',
      'version: 1\nsecret-name: 1\n',
      /a key that Plumbline does not know, line 1/,
    ],
    [
      'a path that leaves the repository',
      'version: 1\nentities:\n  component:default/cart:\n    paths: [../other]\n',
      /stays inside it\), line 4/,
    ],
    [
      'a path Plumbline cannot place',
      'version: 1\nentities:\n  component:default/cart: { paths: ["*/cart"] }\n',
      /neither a file nor a folder .*line 3/,
    ],
    [
      'a short reference',
      'version: 1\nentities:\n  cart: { paths: [cart] }\n',
      /another way than kind:namespace\/name, line 3/,
    ],
    [
      'aliases that multiply',
      `version: 1\na: &a [x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c]\n`,
      /too many aliases|does not know/,
    ],
    [
      'too much',
      `# ${'x'.repeat(256 * 1024)}\nversion: 1\n`,
      /larger than 256 kB/,
    ],
    [
      'nothing for a while',
      new Error('HTTP 502 with an inner-host name'),
      /could not be read; what it said before stands/,
    ],
  ])(
    'says what is wrong with a file of %s, and keeps what it said before',
    async (_, content, reason) => {
      const fixture = await create();
      fixture.entities = [
        entity('Component:cart', readFrom(`${shop}/cart/catalog-info.yaml`)),
      ];
      fixture.files.set(
        file('acme/shop'),
        'version: 1\nentities: { "component:default/cart": { paths: [cart, infra] } }\n',
      );
      await fixture.pass();
      fixture.nextDay();
      fixture.files.set(file('acme/shop'), content);
      await fixture.pass();
      const { bindings, unresolved } = await fixture.of(
        'component:default/cart',
      );
      expect(unresolved).toMatchObject([
        { reason: expect.stringMatching(reason) },
      ]);
      expect(unresolved[0].reason).not.toMatch(/secret-name|inner-host/);
      expect(bindings.map(({ proof }) => proof)).toEqual(['proven', 'proven']);

      // Once the file is away, what it gave is away too.
      fixture.nextDay();
      fixture.files.delete(file('acme/shop'));
      await fixture.pass();
      expect(await fixture.of('component:default/cart')).toMatchObject({
        unresolved: [],
        bindings: [{ target: { path: 'cart' }, matchedBy: 'origin-location' }],
      });
    },
  );

  it('reads a repository once in a while, with the etag, and never twice at once', async () => {
    const fixture = await create();
    fixture.entities = ['a', 'b'].map(name =>
      entity(
        `Component:${name}`,
        readFrom(`${shop}/${name}/catalog-info.yaml`),
      ),
    );
    fixture.files.set(
      file('acme/shop'),
      'version: 1\nentities: { "component:default/a": { paths: [infra] } }\n',
    );
    await fixture.pass();
    await fixture.pass();
    expect(fixture.readUrl.mock.calls.map(([url]) => url)).toEqual([
      file('acme/shop'),
    ]);
    fixture.nextDay();
    await fixture.pass();
    expect(fixture.readUrl).toHaveBeenCalledTimes(2);
    expect(fixture.readUrl.mock.lastCall?.[1]?.etag).toMatch(/^[0-9a-f]{64}$/);
    expect(
      await fixture.binding('component:default/a', 'acme/shop:infra'),
    ).toMatchObject({ proof: 'proven' });
  });

  it("counts the paths that the repository gives to others against a descriptor's folder", async () => {
    const fixture = await create();
    fixture.entities = [
      entity('Component:root', readFrom(`${shop}/catalog-info.yaml`)),
      entity('Component:cart', {}, { ownedBy: 'group:default/other' }),
    ];
    fixture.files.set(
      file('acme/shop'),
      'version: 1\nentities: { "component:default/cart": { paths: [cart] } }\n',
    );
    await fixture.pass();
    expect(
      await fixture.binding('component:default/root', 'acme/shop:'),
    ).toMatchObject({
      proof: 'claimed',
      proofReason: expect.stringContaining('2 owners'),
    });
  });
});
