import type { AuditorService } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { toEntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { parseCostQuery } from '../api/request';
import type { CostService } from '../cost';
import { auditedAction } from './auditedAction';
import { getEntityCostInput, getEntityCostOutput } from './schemas';

/** Lets an assistant ask what an entity costs, as the person it works for. @internal */
export function registerGetEntityCost(
  registry: ActionsRegistryService,
  { auditor, costs }: { auditor: AuditorService; costs: CostService },
): void {
  registry.register({
    name: 'get-entity-cost',
    title: 'Get what an entity costs',
    description:
      'Reads the cloud cost of a Component, Resource, System, Domain or Group in a window of days, with how current the figures are.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: () => getEntityCostInput,
      output: () => getEntityCostOutput,
    },
    action: async ({ input, credentials }) => {
      const { from, to, groupBy } = input;
      const entityRef = toEntityRef(input.entityRef);
      const query = parseCostQuery({ from, to, groupBy, granularity: 'month' });
      const answer = await auditedAction(
        auditor,
        {
          eventId: 'costs-fetch',
          action: 'get-entity-cost',
          credentials,
          meta: { entityRef },
        },
        () => costs.getCosts({ entityRef, query, credentials }),
      );
      return {
        output: {
          ...answer.headline,
          dataThrough: answer.freshness.dataThrough,
          incompleteFrom: answer.incompleteFrom,
          missing: answer.missing,
          members: answer.members,
          currencies: answer.currencies.map(
            ({ currency, total, comparison, series }) => ({
              currency,
              total,
              before: comparison?.total,
              usage: comparison?.usage,
              usageBefore: comparison?.usageBefore,
              change: comparison?.change,
              series: series.map(line => ({
                label: line.label,
                total: line.total,
              })),
            }),
          ),
        },
      };
    },
  });
}
