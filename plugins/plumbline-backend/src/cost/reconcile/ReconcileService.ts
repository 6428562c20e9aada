import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  InvoiceInput,
  Month,
  Reconciliation,
} from '@plumbline/backstage-plugin-plumbline-common';

/** @internal */
export interface ReconcileRequest {
  from?: Month;
  to?: Month;
  credentials: BackstageCredentials;
}

/** @internal */
export interface EnterInvoiceRequest {
  invoice: InvoiceInput;
  credentials: BackstageCredentials;
}

/** Bills beside their invoices. @internal */
export interface ReconcileService {
  getReconciliation(request: ReconcileRequest): Promise<Reconciliation>;
  /** @throws NotFoundError when the source has no such bill. */
  enterInvoice(request: EnterInvoiceRequest): Promise<void>;
}
