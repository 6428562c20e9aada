import type { ExportInvoice } from '@plumbline/backstage-plugin-plumbline-node';
import { clean } from './clean';
import { plain } from './readMonth';
import { literal } from './sql';
import type { Workspace } from './Workspace';

const LONGEST_ID = 255;

/**
 * What a month's lines were billed by invoice, issuer and currency, exactly.
 *
 * @returns undefined where no line names an invoice, so that nothing can be said of invoices
 * @internal
 */
export async function invoicesOf(
  workspace: Workspace,
  month: string,
): Promise<ExportInvoice[] | undefined> {
  const rows = await workspace.rows(
    `SELECT id, issuer, currency, billed::VARCHAR AS billed FROM invoice
     WHERE month = ${literal(month)} ORDER BY currency, id, issuer`,
  );
  if (rows.every(({ id }) => id === '')) {
    return undefined;
  }
  return rows.map(({ id, issuer, currency, billed }) => ({
    id: clean(String(id), LONGEST_ID),
    ...(issuer !== '' && { issuer: clean(String(issuer), LONGEST_ID) }),
    currency: String(currency),
    billed: plain(billed),
  }));
}
