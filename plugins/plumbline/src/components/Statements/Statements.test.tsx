import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import type { PlumblineApi } from '@plumbline/backstage-plugin-plumbline-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes, useLocation } from 'react-router-dom';
import { plumblineApiRef } from '../../api';
import {
  answeredError,
  fixtureApi,
  statementFor,
  statementMonths,
} from '../../fixtures';
import { StatementsPage } from './StatementsPage';

// Answers are kept for a while by the hook itself, across tests.
jest.mock('@backstage/plugin-permission-react', () => ({
  ...jest.requireActual('@backstage/plugin-permission-react'),
  usePermission: jest.fn(),
}));

function Address() {
  const { pathname, search } = useLocation();
  return <output aria-label="address">{`${pathname}${search}`}</output>;
}

function show(
  change: Partial<PlumblineApi> = {},
  options: { path?: string; administrator?: boolean } = {},
) {
  jest.mocked(usePermission).mockReturnValue({
    loading: false,
    allowed: options.administrator ?? false,
  });
  return renderInTestApp(
    <>
      <Routes>
        <Route path="/statements/*" element={<StatementsPage />} />
      </Routes>
      <Address />
    </>,
    {
      apis: [[plumblineApiRef, fixtureApi(change)]],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      initialRouteEntries: [`/statements${options.path ?? ''}`],
    },
  );
}

const address = () => screen.getByLabelText('address').textContent;
const rowOf = async (name: RegExp) =>
  within(await screen.findByRole('row', { name }));

describe('the list of statements', () => {
  it('says of each month whether it is closed, when it will be, and why it is not', async () => {
    await show();
    const open = await rowOf(/^Nov.2026/);
    expect(open.getByText('Open')).toBeVisible();
    expect(open.getByText(/^Closes on 5\sDec/)).toBeVisible();
    const blocked = await rowOf(/^Oct.2026/);
    expect(blocked.getByText('Can’t be closed')).toBeVisible();
    expect(
      blocked.getByText("The last run of source 'focus:azure' failed."),
    ).toBeVisible();
    const closed = await rowOf(/^Sept?.2026/);
    expect(closed.getByText(/^Frozen on 5\sOct/)).toHaveTextContent(
      /Restated once, on 19\sOct/,
    );
    expect(closed.getByText('$12,345.68')).toBeVisible();
    expect(closed.getByText('€810.50')).toBeVisible();
    const history = await rowOf(/^Aug.2026/);
    expect(history.getByText(/after the fact/)).toBeVisible();
  });

  it('opens a closed month, and none that is open', async () => {
    await show();
    const open = await rowOf(/^Nov.2026/);
    expect(open.queryByRole('link')).toBeNull();
    const closed = await rowOf(/^Sept?.2026/);
    expect(closed.getByRole('link')).toHaveAttribute(
      'href',
      '/statements/2026-09',
    );
  });

  it('says what to expect where nothing was delivered yet', async () => {
    await show({ getStatements: async () => ({ items: [] }) });
    expect(
      await screen.findByText(/No source has delivered a month yet/),
    ).toBeVisible();
  });

  it('says so where the person may read no cost', async () => {
    await show({
      getStatements: async () => {
        throw answeredError(403, 'no');
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Not visible to you',
    );
  });

  it('reads earlier months when asked to', async () => {
    const user = userEvent.setup();
    await show({
      getStatements: async ({ cursor } = {}) =>
        cursor
          ? { items: statementMonths.slice(2) }
          : { items: statementMonths.slice(0, 2), nextCursor: '2026-10' },
    });
    await rowOf(/^Nov.2026/);
    await user.click(
      screen.getByRole('button', { name: 'Show earlier months' }),
    );
    await rowOf(/^Aug.2026/);
    expect(
      screen.queryByRole('button', { name: 'Show earlier months' }),
    ).toBeNull();
  });

  it('lets administrators close an incomplete month, with the reason', async () => {
    const user = userEvent.setup();
    const closeStatement = jest.fn(fixtureApi().closeStatement);
    await show({ closeStatement }, { administrator: true });
    const blocked = await rowOf(/^Oct.2026/);
    await user.click(blocked.getByRole('button', { name: /Close Oct/ }));
    const dialog = within(await screen.findByRole('dialog'));
    const close = dialog.getByRole('button', { name: 'Close it incomplete' });
    expect(close).toBeDisabled();
    await user.type(dialog.getByRole('textbox'), 'The books are closed');
    await user.click(close);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(closeStatement).toHaveBeenCalledWith('2026-10', {
      force: true,
      reason: 'The books are closed',
    });
  });

  it('offers nobody else to close anything', async () => {
    await show();
    await rowOf(/^Oct.2026/);
    expect(screen.queryByRole('button', { name: /Close/ })).toBeNull();
  });
});

describe('a statement', () => {
  const path = '/2026-09';
  const table = (by: string, currency: string) =>
    screen.findByRole('grid', { name: `Statement by ${by} in ${currency}` });

  it('shows totals, the breakdown per currency, and what changed since', async () => {
    await show({}, { path });
    expect(await screen.findByText('$12,345.68')).toBeVisible();
    expect(screen.getByText('$12,000.00 invoiced')).toBeVisible();
    const dollars = within(await table('owner', 'USD'));
    expect(dollars.getByText('$8,000.25')).toBeVisible();
    expect(dollars.getByText('12 entities')).toBeVisible();
    expect(dollars.getByText('Unallocated')).toBeVisible();
    expect(await table('owner', 'EUR')).toBeVisible();
    const changes = within(
      screen.getByRole('region', { name: 'What changed since' }),
    );
    expect(changes.getByText(/^Restatement 1, 19\sOct/)).toBeVisible();
    expect(
      changes.getByText('focus:aws delivered the month again.'),
    ).toBeVisible();
    expect(changes.getAllByText('-$12.50')).toHaveLength(2);
  });

  it('keeps what is looked at in the address', async () => {
    const user = userEvent.setup();
    const getStatement = jest.fn(fixtureApi().getStatement);
    await show({ getStatement }, { path: `${path}?by=entity&as-of=original` });
    await table('entity', 'USD');
    expect(getStatement).toHaveBeenLastCalledWith(
      '2026-09',
      { by: 'entity', asOf: 'original', limit: 50 },
      expect.anything(),
    );
    await user.type(
      screen.getByRole('searchbox', { name: 'Find by name' }),
      'check',
    );
    await waitFor(() =>
      expect(address()).toBe(
        '/statements/2026-09?by=entity&as-of=original&search=check',
      ),
    );
    await user.click(
      await screen.findByRole('button', { name: 'Lines of Checkout' }),
    );
    expect(address()).toContain('of=component%3Adefault%2Fcheckout');
    const lines = await screen.findByRole('grid', {
      name: 'Lines of component:default/checkout',
    });
    expect(
      within(lines).getByText('Usage, correction, commitment used'),
    ).toBeVisible();
  });

  it('names what has vanished, and not what the catalog does not show', async () => {
    await show({}, { path: `${path}?by=entity` });
    const grid = within(await table('entity', 'USD'));
    expect(grid.getByText('component:default/old-importer')).toBeVisible();
    expect(grid.getByText(/no longer in the catalog/)).toBeVisible();
    expect(grid.getByText('Not shown to you by the catalog')).toBeVisible();
  });

  it('says what is left out, and why a month was closed incomplete', async () => {
    await show(
      {
        getStatement: async (month, query) =>
          statementFor(month, query, {
            leftOut: 3,
            buckets: 'left-out',
            forced: {
              reason: 'The books are closed',
              obstacles: ["The last run of source 'focus:azure' failed."],
            },
            held: ["Source 'focus:aws' has delivered this month again empty."],
          }),
      },
      { path },
    );
    expect(
      await screen.findByText(
        '3 entities are left out: you may not read what they cost. What belongs to no entity is left out.',
      ),
    ).toBeVisible();
    expect(screen.getByText(/“The books are closed”/)).toBeVisible();
    expect(screen.getByText(/again empty/)).toBeVisible();
  });

  it('says so where the month is not closed or not theirs', async () => {
    await show(
      {
        getStatement: async () => {
          throw answeredError(404, 'no');
        },
      },
      { path },
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The month is not closed yet, or you may not read what anything costs.',
    );
  });

  it('says so where nothing of it is visible', async () => {
    await show(
      {
        getStatement: async (month, query) =>
          statementFor(month, query, { totals: [], items: [] }),
      },
      { path },
    );
    expect(
      await screen.findByText('Nothing in this statement is visible to you.'),
    ).toBeVisible();
  });

  it('saves the CSV under the name that the back end gives', async () => {
    const user = userEvent.setup();
    const getStatementCsv = jest.fn(fixtureApi().getStatementCsv);
    URL.createObjectURL = jest.fn(() => 'blob:there');
    URL.revokeObjectURL = jest.fn();
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function save(this: HTMLAnchorElement) {
        expect(this.download).toBe('statement-2026-09.csv');
      });
    await show({ getStatementCsv }, { path });
    await user.click(
      await screen.findByRole('button', { name: /Statement of .* as CSV/ }),
    );
    await waitFor(() => expect(click).toHaveBeenCalled());
    expect(getStatementCsv).toHaveBeenCalledWith('2026-09', {
      asOf: 'restated',
    });
    click.mockRestore();
  });
});
