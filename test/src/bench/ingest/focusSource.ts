import type { CostSource } from '@plumbline/backstage-plugin-plumbline-node';
import { FocusSource } from '@plumbline/backstage-plugin-plumbline-backend-module-focus/src/FocusSource';
import { LocalStorage } from '@plumbline/backstage-plugin-plumbline-backend-module-focus/src/storage/LocalStorage';

/** The FOCUS module's source over a folder, with the limits it has by default. */
export function focusSource(data: string): CostSource {
  return FocusSource.create({
    export: {
      name: 'bench',
      title: 'An export to measure with',
      location: { path: data },
      schedule: { frequency: { hours: 6 }, timeout: { hours: 2 } },
      restatedMonths: 3,
      limits: { memory: '512MB', threads: 2 },
    },
    storage: LocalStorage.create({ path: data }),
  });
}
