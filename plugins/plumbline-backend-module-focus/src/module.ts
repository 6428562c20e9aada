import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { plumblineSourcesExtensionPoint } from '@plumbline/backstage-plugin-plumbline-node';
import { readFocusExports } from './config';
import { FocusSource } from './FocusSource';
import { createStorage } from './storage/createStorage';

/**
 * Adds each FOCUS export of `plumbline.focus.exports` to Plumbline's sources.
 *
 * @public
 */
export const plumblineModuleFocus = createBackendModule({
  pluginId: 'plumbline',
  moduleId: 'focus',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        sources: plumblineSourcesExtensionPoint,
      },
      async init({ config, sources }) {
        for (const focusExport of readFocusExports(config)) {
          sources.addCostSource(
            FocusSource.create({
              export: focusExport,
              storage: createStorage(focusExport.location, config),
            }),
          );
        }
      },
    });
  },
});
