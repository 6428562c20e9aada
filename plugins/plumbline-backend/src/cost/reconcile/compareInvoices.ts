import type {
  DecimalString,
  InvoiceEntry,
  ReconciledInvoice,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { ExportInvoice } from '@plumbline/backstage-plugin-plumbline-node';
import { parseDecimal } from '../../database';

/** The invoices of a month in one currency, and what they come to. @internal */
export interface ComparedInvoices {
  invoices: ReconciledInvoice[];
  total?: DecimalString;
  from?: 'entered' | 'export' | 'both';
  /** How many amounts the total adds up: each is rounded to the cent on its paper. */
  papers: number;
}

/**
 * Puts what the export says of its invoices beside what people entered. A total entered for the month counts alone;
 * else each invoice counts as entered, and as the export has it where it was not.
 *
 * @param exported - of one currency; absent where the bill does not name invoices
 * @param entries - of one currency, the newest first, by invoice id
 * @internal
 */
export function compareInvoices(
  exported: readonly ExportInvoice[] | undefined,
  entries: ReadonlyMap<string, InvoiceEntry[]>,
): ComparedInvoices {
  const billed = billedById(exported ?? []);
  const ids = new Set([...billed.keys(), ...entries.keys()]);
  const invoices = [...ids].sort().map(id => {
    const history = entries.get(id) ?? [];
    const entered = history[0]?.amount;
    const known = billed.get(id);
    return {
      id,
      ...(known?.issuer && { issuer: known.issuer }),
      ...(known && { billed: known.billed }),
      ...(entered !== undefined && { entered }),
      ...(known &&
        entered !== undefined && {
          difference: parseDecimal(entered)
            .minus(parseDecimal(known.billed))
            .toFixed(),
        }),
      history,
    };
  });
  return { invoices, ...totalOf(invoices) };
}

function totalOf(
  invoices: readonly ReconciledInvoice[],
): Omit<ComparedInvoices, 'invoices'> {
  const whole = invoices.find(({ id }) => id === '')?.entered;
  if (whole !== undefined) {
    return { total: whole, from: 'entered', papers: 1 };
  }
  const counted = invoices.filter(
    ({ id, entered, billed }) =>
      id !== '' && (entered !== undefined || billed !== undefined),
  );
  if (counted.length === 0) {
    return { papers: 0 };
  }
  const entered = counted.filter(invoice => invoice.entered !== undefined);
  return {
    total: counted
      .reduce(
        (sum, invoice) =>
          sum.plus(parseDecimal(invoice.entered ?? invoice.billed ?? '0')),
        parseDecimal('0'),
      )
      .toFixed(),
    from: fromOf(entered.length, counted.length),
    papers: entered.length,
  };
}

function fromOf(
  entered: number,
  counted: number,
): NonNullable<ComparedInvoices['from']> {
  if (entered === 0) {
    return 'export';
  }
  return entered === counted ? 'entered' : 'both';
}

/** An invoice may come from more than one issuer's lines. */
function billedById(
  exported: readonly ExportInvoice[],
): Map<string, { issuer?: string; billed: DecimalString }> {
  const billed = new Map<string, { issuer?: string; billed: DecimalString }>();
  for (const { id, issuer, billed: amount } of exported) {
    const known = billed.get(id);
    if (id !== '') {
      billed.set(id, {
        issuer: [...new Set([known?.issuer, issuer].filter(Boolean))].join(
          ', ',
        ),
        billed: parseDecimal(known?.billed ?? '0')
          .plus(parseDecimal(amount))
          .toFixed(),
      });
    }
  }
  return billed;
}
