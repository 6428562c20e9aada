import { pipeline } from 'node:stream/promises';
import { audited } from '../audited';
import type { StatementService } from '../../cost/statements';
import {
  parseCloseBody,
  parseMonth,
  parsePage,
  parseStatementQuery,
  parseStatementsPage,
} from '../request';
import type { PlumblineRouter, RouteServices } from './types';

/** What closed months were stated to cost. @internal */
export function addStatementsRoutes(
  router: PlumblineRouter,
  {
    auditor,
    httpAuth,
    statements,
  }: RouteServices & { statements: StatementService },
): void {
  router.get('/v1/statements', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const page = parseStatementsPage(request.query);
    const answer = await audited(
      auditor,
      { eventId: 'statements-fetch', request },
      () => statements.listMonths({ ...page, credentials }),
    );
    response.json(answer);
  });

  router.get('/v1/statements/:month', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const month = parseMonth(request.params.month);
    const query = parseStatementQuery(request.query);
    const answer = await audited(
      auditor,
      { eventId: 'statement-fetch', request, meta: { month } },
      () => statements.getStatement({ month, ...query, credentials }),
    );
    response.json(answer);
  });

  router.get('/v1/statements/:month/lines', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const month = parseMonth(request.params.month);
    const { of } = request.query;
    const page = parsePage(request.query);
    const asOf = request.query['as-of'] ?? 'restated';
    const answer = await audited(
      auditor,
      { eventId: 'statement-lines-fetch', request, meta: { month, of } },
      () => statements.getLines({ month, of, asOf, page, credentials }),
    );
    response.json(answer);
  });

  router.get('/v1/statements/:month/csv', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const month = parseMonth(request.params.month);
    const asOf = request.query['as-of'] ?? 'restated';
    await audited(
      auditor,
      { eventId: 'statement-export', request, meta: { month, asOf } },
      async () => {
        const { fileName, chunks } = await statements.getCsv({
          month,
          asOf,
          credentials,
        });
        response.status(200).set({
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': `attachment; filename="${fileName}"`,
          'Cache-Control': 'private, no-store',
        });
        await pipeline(chunks, response);
      },
    );
  });

  router.post('/v1/statements/:month/close', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const month = parseMonth(request.params.month);
    const { force } = parseCloseBody(request.body);
    const answer = await audited(
      auditor,
      {
        eventId: 'statement-close',
        severityLevel: 'medium',
        request,
        meta: { month, ...(force && { force: true, reason: force.reason }) },
      },
      () => statements.close({ month, force, credentials }),
    );
    response.json(answer);
  });
}
