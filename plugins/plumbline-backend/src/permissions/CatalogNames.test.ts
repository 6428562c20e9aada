import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { toEntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { CatalogNames } from './CatalogNames';

const seen = toEntityRef('component:default/seen');
const hidden = toEntityRef('component:default/hidden');

describe('CatalogNames', () => {
  const credentials = mockCredentials.user('user:default/ana');

  function create() {
    const catalog = catalogServiceMock({
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: { name: 'seen' },
        },
      ],
    });
    const read = jest.spyOn(catalog, 'getEntitiesByRefs');
    let now = 0;
    const names = CatalogNames.create({
      catalog,
      auth: mockServices.auth(),
      now: () => now,
    });
    return {
      read,
      names,
      wait: (ms: number) => {
        now += ms;
      },
    };
  }

  it('knows in one read, made as the caller, what the catalog shows', async () => {
    const { names, read } = create();
    const visible = await names.getVisible([hidden, seen, seen], credentials);
    expect([...visible]).toEqual([seen]);
    expect(read).toHaveBeenCalledTimes(1);
    expect(read).toHaveBeenCalledWith(
      expect.objectContaining({ entityRefs: [hidden, seen] }),
      { credentials },
    );
  });

  it('asks again for another person, after a while, and of what was not shown', async () => {
    const { names, read, wait } = create();
    const ben = mockCredentials.user('user:default/ben');
    await names.getVisible([seen, hidden], credentials);
    expect(await names.getVisible([seen], credentials)).toEqual(
      new Set([seen]),
    );
    expect(read).toHaveBeenCalledTimes(1);
    await names.getVisible([seen, hidden], credentials);
    expect(read.mock.lastCall?.[0].entityRefs).toEqual([hidden]);
    await names.getVisible([seen], ben);
    expect(read).toHaveBeenLastCalledWith(
      expect.objectContaining({ entityRefs: [seen] }),
      { credentials: ben },
    );
    wait(30_000);
    await names.getVisible([seen], credentials);
    expect(read).toHaveBeenCalledTimes(4);
  });

  it('shows nothing to a service', async () => {
    const { names, read } = create();
    expect(await names.getVisible([seen], mockCredentials.service())).toEqual(
      new Set(),
    );
    expect(read).not.toHaveBeenCalled();
  });

  it('reads nothing for nobody', async () => {
    const { names, read } = create();
    expect(await names.getVisible([], credentials)).toEqual(new Set());
    expect(read).not.toHaveBeenCalled();
  });
});
