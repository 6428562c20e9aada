import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import { PortalPolicy } from './PortalPolicy';

describe('PortalPolicy', () => {
  const plumbline = {
    handle: jest.fn(async () => ({ result: AuthorizeResult.DENY } as const)),
  };
  const policy = PortalPolicy.create({ plumbline });
  const query = (name: string) => ({
    permission: createPermission({ name, attributes: {} }),
  });

  it("leaves Plumbline's permissions to Plumbline's policy", async () => {
    const request = query('plumbline.cost.read');
    await expect(policy.handle(request)).resolves.toEqual({
      result: AuthorizeResult.DENY,
    });
    expect(plumbline.handle).toHaveBeenCalledWith(request, undefined);
  });

  it.each(['catalog.entity.read', 'plumbliner.cost.read'])(
    'allows %s',
    async name => {
      await expect(policy.handle(query(name))).resolves.toEqual({
        result: AuthorizeResult.ALLOW,
      });
    },
  );
});
