import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import { plumblineSourcesExtensionPoint } from '@plumbline/backstage-plugin-plumbline-node';
import { readCostExplorerConfig } from './costExplorer/config';
import { CostExplorerSource } from './costExplorer/CostExplorerSource';

/**
 * Adds each entry of `plumbline.costExplorer` to Plumbline's sources.
 *
 * @public
 */
export const plumblineModuleAws = createBackendModule({
  pluginId: 'plumbline',
  moduleId: 'aws',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        sources: plumblineSourcesExtensionPoint,
      },
      async init({ config, sources }) {
        const settings = readCostExplorerConfig(config);
        if (settings.length === 0) {
          return;
        }
        const credentials = DefaultAwsCredentialsManager.fromConfig(config);
        for (const entry of settings) {
          sources.addCostSource(
            CostExplorerSource.create({ settings: entry, credentials }),
          );
        }
      },
    });
  },
});
