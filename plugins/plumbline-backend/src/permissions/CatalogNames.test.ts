import { mockCredentials } from '@backstage/backend-test-utils';
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
    return { read, names: CatalogNames.create({ catalog }) };
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

  it('reads nothing for nobody', async () => {
    const { names, read } = create();
    expect(await names.getVisible([], credentials)).toEqual(new Set());
    expect(read).not.toHaveBeenCalled();
  });
});
