import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { plumblineSourcesExtensionPoint } from '@plumbline/backstage-plugin-plumbline-node';
import { readCsvConfigs, readPrometheusConfigs } from './config';
import { CsvSource } from './csv/CsvSource';
import { PrometheusClient } from './prometheus/PrometheusClient';
import { PrometheusSource } from './prometheus/PrometheusSource';

/**
 * Adds the CSV files and Prometheus servers of `plumbline.metrics` to Plumbline's sources.
 *
 * @public
 */
export const plumblineModuleMetrics = createBackendModule({
  pluginId: 'plumbline',
  moduleId: 'metrics',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        sources: plumblineSourcesExtensionPoint,
        urlReader: coreServices.urlReader,
      },
      async init({ config, sources, urlReader }) {
        for (const csv of readCsvConfigs(config)) {
          sources.addUsageSource(CsvSource.create({ config: csv, urlReader }));
        }
        for (const prometheus of readPrometheusConfigs(config)) {
          sources.addUsageSource(
            PrometheusSource.create({
              config: prometheus,
              client: PrometheusClient.create(prometheus),
            }),
          );
        }
      },
    });
  },
});
