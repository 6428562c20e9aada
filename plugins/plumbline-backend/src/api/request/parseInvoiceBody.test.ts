import { parseInvoiceBody } from './parseInvoiceBody';

const invoice = {
  source: 'focus:aws',
  month: '2026-09',
  currency: 'USD',
  invoiceId: ' EUINAWS26-4471 ',
  amount: '1200.50',
  note: ' From the PDF ',
};

describe('parseInvoiceBody', () => {
  it('takes an invoice without blanks around it', () => {
    expect(parseInvoiceBody(invoice)).toEqual({
      ...invoice,
      invoiceId: 'EUINAWS26-4471',
      note: 'From the PDF',
    });
  });

  it('leaves out what is left out', () => {
    const { invoiceId, amount, ...rest } = invoice;
    expect(Object.keys(parseInvoiceBody(rest))).not.toContain('amount');
    expect(Object.keys(parseInvoiceBody(rest))).not.toContain('invoiceId');
  });

  it.each([
    [{ month: '2026-13' }, /'month' \(2026-13\)/],
    [{ amount: '1000000000000000.01' }, /'amount'/],
    [{ amount: '1.2.3' }, /no decimal number/],
  ])('refuses %p', (change, message) => {
    expect(() => parseInvoiceBody({ ...invoice, ...change })).toThrow(message);
  });
});
