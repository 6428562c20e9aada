import { renderInTestApp } from '@backstage/frontend-test-utils';
import type {
  InvoiceInput,
  PlumblineApi,
} from '@plumbline/backstage-plugin-plumbline-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { plumblineApiRef } from '../../api';
import { answeredError, fixtureApi, reconciliation } from '../../fixtures';
import { ReconcilePage } from './ReconcilePage';

function show(change: Partial<PlumblineApi> = {}, search = '') {
  return renderInTestApp(<ReconcilePage />, {
    apis: [[plumblineApiRef, fixtureApi(change)]],
    initialRouteEntries: [`/${search}`],
  });
}

const month = (name: string) =>
  screen.findByRole('region', { name: new RegExp(`^${name}`) });

describe('the reconcile page', () => {
  it('shows each bill beside its invoice, with its state in words', async () => {
    await show();
    const october = await month('Oct\\s2026, The AWS bill');
    for (const text of [
      'Matches',
      'The invoice, as entered, is the bill to the cent.',
      'Entities, shared and unallocated are exactly the bill.',
      '$39,122.40',
      'EUINAWS26-4471',
    ]) {
      expect(within(october).getByText(text)).toBeInTheDocument();
    }
    const september = await month('Sept?\\s2026, The AWS bill');
    expect(
      within(september).getByText(/is \$100.00 more than the bill/),
    ).toBeInTheDocument();
    expect(
      within(september).getByText(/is billed on lines that name no invoice/),
    ).toHaveTextContent('$99.99');
    expect(
      within(await month('Nov\\s2026')).getByText(
        /complete through 24 Nov.* only, so it is not judged yet/,
      ),
    ).toBeInTheDocument();
    expect(
      within(await month('Sept?\\s2026, The Google bill')).getByText(
        'No invoice yet',
      ),
    ).toBeInTheDocument();
  });

  it('shows the statement of a closed month above its bills, and whether all three agree', async () => {
    await show();
    const october = await month('Oct\\s2026, statement, USD');
    for (const text of [
      'All three agree',
      'Exports, statement and invoices agree.',
      '$48,200.09',
      '1 restatement',
    ]) {
      expect(within(october).getByText(text)).toBeInTheDocument();
    }
    const september = await month('Sept?\\s2026, statement, USD');
    expect(
      within(september).getByText(
        /together bill \$11.09 more than the statement says/,
      ),
    ).toBeInTheDocument();
    expect(
      within(september).getByText(/^The AWS bill: .* is not restated yet/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('region', { name: /^Nov\s2026, statement/ }),
    ).toBeNull();
  });

  it('says loudly when a bill does not add up', async () => {
    await show({
      getReconciliation: async () => ({
        ...reconciliation,
        months: [
          { ...reconciliation.months[1], addsUp: false, remainder: '-0.01' },
        ],
      }),
    });
    expect(
      await screen.findByText(/-0.01 USD away from the bill/),
    ).toBeInTheDocument();
  });

  it('takes an invoice, and looks again', async () => {
    const user = userEvent.setup();
    const entered: InvoiceInput[] = [];
    const getReconciliation = jest.fn(async () => reconciliation);
    await show({
      getReconciliation,
      enterInvoice: async invoice => {
        entered.push(invoice);
      },
    });
    await user.click(
      await screen.findByRole('button', {
        name: /^Enter an invoice of Sept?\s2026, The Google bill, EUR/,
      }),
    );
    const amount = screen.getByLabelText(/Amount in EUR/);
    await user.type(amount, '12x');
    expect(screen.getByText(/A plain number such as/)).toBeInTheDocument();
    await user.clear(amount);
    await user.type(amount, '1204.50');
    await user.type(screen.getByLabelText(/Note/), 'Invoice 5312');
    await user.click(screen.getByRole('button', { name: 'Enter' }));
    await waitFor(() => expect(getReconciliation).toHaveBeenCalledTimes(2));
    expect(entered).toEqual([
      {
        source: 'gcp-focus',
        month: '2026-09',
        currency: 'EUR',
        amount: '1204.50',
        note: 'Invoice 5312',
      },
    ]);
  });

  it('offers that to those only who may', async () => {
    await show({
      getReconciliation: async () => ({ ...reconciliation, mayEnter: false }),
    });
    await month('Oct\\s2026, The AWS bill');
    expect(
      screen.queryByRole('button', { name: /Enter an invoice/ }),
    ).toBeNull();
  });

  it('asks for the months of the URL', async () => {
    const getReconciliation = jest.fn(async () => ({
      months: [],
      statements: [],
      mayEnter: false,
    }));
    await show({ getReconciliation }, '?from=2026-01&to=2026-03');
    expect(await screen.findByText('No bill yet')).toBeInTheDocument();
    expect(getReconciliation).toHaveBeenCalledWith(
      { from: '2026-01', to: '2026-03' },
      expect.anything(),
    );
  });

  it('says which right is missing', async () => {
    await show({
      getReconciliation: async () => {
        throw answeredError(403, 'no');
      },
    });
    expect(
      await screen.findByText('This needs the right to see all costs'),
    ).toBeInTheDocument();
  });

  it('keeps a failure to itself and tries again', async () => {
    const user = userEvent.setup();
    let asleep = true;
    await show({
      getReconciliation: async () => {
        if (asleep) {
          throw answeredError(500, 'The database is asleep');
        }
        return reconciliation;
      },
    });
    asleep = false;
    await user.click(
      within(await screen.findByRole('alert')).getByRole('button'),
    );
    expect(await month('Oct\\s2026, The AWS bill')).toBeInTheDocument();
  });
});
