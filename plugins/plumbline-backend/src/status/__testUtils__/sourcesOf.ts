import type {
  SourceDetails,
  SourceStatus,
} from '@plumbline/backstage-plugin-plumbline-common';
import { SourceControl } from '../../collect';
import type { PlumblineDatabase } from '../../database';

/** Sources that are as a test says, for whoever asks how they are. */
export function sourcesOf(
  database: PlumblineDatabase,
  ...sources: SourceStatus[]
) {
  const statuses = { getStatuses: async () => sources };
  return {
    statuses,
    sources: {
      getDetails: async (): Promise<SourceDetails[]> =>
        sources.map(source => ({
          ...source,
          schedule: { kind: 'manual' },
          paidCallsLast30Days: 0,
          months: [],
          failedMonths: [],
        })),
    },
    control: SourceControl.create({
      database,
      statuses,
      scheduler: { triggerTask: async () => {} },
    }),
  };
}
