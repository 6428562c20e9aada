import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import { plumblineSourcesExtensionPoint } from '@plumbline/backstage-plugin-plumbline-node';
import { CloudWatchSource } from './cloudWatch/CloudWatchSource';
import { readCloudWatchConfig } from './cloudWatch/config';
import { readCostExplorerConfig } from './costExplorer/config';
import { CostExplorerSource } from './costExplorer/CostExplorerSource';

/**
 * Adds each entry of `plumbline.costExplorer` and `plumbline.cloudWatch` to Plumbline's sources.
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
        const costs = readCostExplorerConfig(config);
        const metrics = readCloudWatchConfig(config);
        if (costs.length + metrics.length === 0) {
          return;
        }
        const credentials = DefaultAwsCredentialsManager.fromConfig(config);
        for (const settings of costs) {
          sources.addCostSource(
            CostExplorerSource.create({ settings, credentials }),
          );
        }
        for (const settings of metrics) {
          sources.addUsageSource(
            CloudWatchSource.create({ settings, credentials }),
          );
        }
      },
    });
  },
});
