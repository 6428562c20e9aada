import { audited } from '../audited';
import type { ReconcileService } from '../../cost/reconcile';
import { parseInvoiceBody, parseMonths } from '../request';
import type { PlumblineRouter, RouteServices } from './types';

/** Bills beside their invoices. @internal */
export function addReconcileRoutes(
  router: PlumblineRouter,
  {
    auditor,
    httpAuth,
    reconcile,
  }: RouteServices & { reconcile: ReconcileService },
): void {
  router.get('/v1/reconcile', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const months = parseMonths(request.query);
    const answer = await audited(
      auditor,
      { eventId: 'reconcile-fetch', request },
      () => reconcile.getReconciliation({ ...months, credentials }),
    );
    response.json(answer);
  });

  router.put('/v1/invoices', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const invoice = parseInvoiceBody(request.body);
    await audited(
      auditor,
      {
        eventId: 'invoice-enter',
        severityLevel: 'medium',
        request,
        meta: { ...invoice },
      },
      () => reconcile.enterInvoice({ invoice, credentials }),
    );
    response.status(204).end();
  });
}
