import { createBackendModule } from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { OwnersAndFinOpsPolicy } from '@plumbline/backstage-plugin-plumbline-node';
import { PortalPolicy } from './PortalPolicy';

/**
 * The demo portal's permission policy: teams see what they own, FinOps sees what everything costs, and
 * platform sees how the sources are doing.
 */
export const demoPolicyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'demo-policy',
  register(reg) {
    reg.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        const plumbline = OwnersAndFinOpsPolicy.create({
          admins: ['group:default/platform'],
          finOps: ['group:default/finops'],
        });
        policy.setPolicy(PortalPolicy.create({ plumbline }));
      },
    });
  },
});
