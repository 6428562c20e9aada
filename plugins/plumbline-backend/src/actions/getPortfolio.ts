import type { AuditorService } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { parsePortfolioQuery } from '../api/request';
import type { PortfolioService } from '../cost/portfolio';
import { auditedAction } from './auditedAction';
import { getPortfolioInput, getPortfolioOutput } from './portfolioSchemas';

/** As many rows as an assistant can make use of. */
const MOST_ROWS = 50;

/** Lets an assistant ask what everything costs that the person it works for may read. @internal */
export function registerGetPortfolio(
  registry: ActionsRegistryService,
  {
    auditor,
    portfolio,
  }: { auditor: AuditorService; portfolio: PortfolioService },
): void {
  registry.register({
    name: 'get-portfolio',
    title: 'Get what everything costs',
    description:
      'Reads the cloud cost by owner, system, domain, environment or entity in a range of months, with totals, the largest movers and how current the figures are. Counts only what the person may read.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: () => getPortfolioInput,
      output: () => getPortfolioOutput,
    },
    action: async ({ input, credentials }) => {
      const query = parsePortfolioQuery({ ...input, limit: String(MOST_ROWS) });
      const answer = await auditedAction(
        auditor,
        {
          eventId: 'portfolio-fetch',
          action: 'get-portfolio',
          credentials,
          meta: { by: query.by },
        },
        () => portfolio.getPortfolio({ query, credentials }),
      );
      return {
        output: {
          ...answer.headline,
          dataThrough: answer.freshness.dataThrough,
          incompleteFrom: answer.incompleteFrom,
          missing: answer.missing,
          compared: answer.compared,
          entities: answer.entities,
          rows: answer.rows,
          more: answer.nextCursor !== undefined,
          totals: answer.totals,
          shared: answer.shared,
          unallocated: answer.unallocated,
          movers: answer.movers,
        },
      };
    },
  });
}
