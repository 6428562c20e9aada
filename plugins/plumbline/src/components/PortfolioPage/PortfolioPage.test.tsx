import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import type {
  PlumblineApi,
  PortfolioQuery,
} from '@plumbline/backstage-plugin-plumbline-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes, useLocation } from 'react-router-dom';
import { plumblineApiRef } from '../../api';
import {
  answeredError,
  atRisk,
  fixtureApi,
  freshness,
  onTrack,
  portfolioFor,
} from '../../fixtures';
import { PortfolioPage } from './PortfolioPage';

jest.setTimeout(60_000);

function Address() {
  const { pathname, search } = useLocation();
  return <output aria-label="address">{`${pathname}${search}`}</output>;
}

function show(change: Partial<PlumblineApi> = {}, search = '') {
  return renderInTestApp(
    <>
      <Routes>
        <Route path="/plumbline/*" element={<PortfolioPage />} />
      </Routes>
      <Address />
    </>,
    {
      apis: [[plumblineApiRef, fixtureApi(change)]],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      initialRouteEntries: [`/plumbline${search}`],
    },
  );
}

const address = () => screen.getByLabelText('address').textContent;
const table = (by = 'owner') =>
  screen.findByRole('grid', { name: `Cost by ${by} in USD` });
const rowOf = async (name: RegExp, by?: string) =>
  within(await table(by)).findByRole('row', { name });

describe('the portfolio', () => {
  it('says how budgets stand where a row has one, and has no column where none has', async () => {
    await show({
      getPortfolio: async query => {
        const answer = portfolioFor(query);
        const [first, ...others] = answer.rows;
        return {
          ...answer,
          rows: [{ ...first, budgets: [atRisk, onTrack] }, ...others],
        };
      },
    });
    const row = await rowOf(/^team-shop/);
    expect(row).toHaveTextContent(/At risk\+1 more/);
    expect(within(row).getByTitle(atRisk.reason)).toBeInTheDocument();
    expect(await rowOf(/^team-payments/)).not.toHaveTextContent(/risk|track/);
    expect(
      within(await table()).getByRole('columnheader', { name: 'Budget' }),
    ).toBeInTheDocument();
  });

  it('has no column of budgets where there are none', async () => {
    await show();
    expect(
      within(await table()).queryByRole('columnheader', { name: 'Budget' }),
    ).not.toBeInTheDocument();
  });

  it('shows a row for each owner, with the change in words', async () => {
    await show();
    const row = await rowOf(/^team-shop/);
    expect(row).toHaveTextContent('31 entities, 4 without cost');
    expect(row).toHaveTextContent(/\$494\.46 more\+12\s%/);
    expect(await rowOf(/^team-payments/)).toHaveTextContent(/less-8/);
    expect(await rowOf(/^platform\/team-core/)).toBeInTheDocument();
    expect(await rowOf(/^No owner/)).toBeInTheDocument();
    expect(await rowOf(/^No longer in the catalog/)).toBeInTheDocument();
    expect(await rowOf(/^Not shown to you/)).toBeInTheDocument();
  });

  it('says of what the totals are the total, and keeps apart what is nobody\u2019s', async () => {
    await show();
    expect(await rowOf(/^Total of 7 rows/)).toHaveTextContent(
      'Of the owners you may see',
    );
    expect(await rowOf(/^Unallocated/)).toHaveTextContent(
      'Usage that no entity claims yet',
    );
    expect(await rowOf(/^Shared/)).toHaveTextContent('no single owner');
    expect(await rowOf(/^of which unused commitments/)).toBeInTheDocument();
    expect(await rowOf(/^Everything you may see/)).toHaveTextContent(
      'the whole bill',
    );
    expect(
      screen.getByText(
        '103 entities are added up here. 12 of them have no cost in these months.',
      ),
    ).toBeInTheDocument();
  });

  it('tells who may not see everything how much is left out, and promises no whole', async () => {
    await show({
      getPortfolio: async query =>
        portfolioFor(query, {
          entities: { counted: 30, withoutCost: 0, hidden: 73 },
          shared: undefined,
          unallocated: undefined,
          totals: portfolioFor(query).totals.map(total => ({
            ...total,
            everything: undefined,
          })),
        }),
    });
    expect(
      await screen.findByText(
        /^30 entities are added up here\. 73 entities are left out, because you may not read their cost\./,
      ),
    ).toBeInTheDocument();
    expect(await rowOf(/^Total of 7 rows/)).toHaveTextContent(
      'without what is left out',
    );
    const grid = await table();
    for (const name of [/^Shared/, /^Unallocated/, /^Everything/]) {
      expect(within(grid).queryByRole('row', { name })).toBeNull();
    }
  });

  it('asks for what the URL says', async () => {
    const getPortfolio = jest.fn(async (query: PortfolioQuery) =>
      portfolioFor(query),
    );
    await show(
      { getPortfolio },
      '?by=entity&owner=group:default/team-shop&from=2025-01&to=2025-06&basis=billed&environment=stage&currency=EUR&search=check&sort=difference&order=asc',
    );
    await screen.findByRole('grid', { name: 'Cost by entity in EUR' });
    expect(getPortfolio).toHaveBeenCalledWith(
      {
        by: 'entity',
        owner: 'group:default/team-shop',
        from: '2025-01',
        to: '2025-06',
        basis: 'billed',
        environment: 'stage',
        currency: 'EUR',
        search: 'check',
        sort: 'difference',
        order: 'asc',
        limit: 50,
      },
      expect.anything(),
    );
    expect(
      screen.getByRole('link', { name: 'Back to all owners' }),
    ).toHaveAttribute('href', expect.not.stringContaining('owner='));
  });

  it('keeps every choice in the URL', async () => {
    const user = userEvent.setup();
    await show();
    await table();
    await user.click(screen.getByRole('radio', { name: 'System' }));
    await table('system');
    expect(address()).toBe('/plumbline?by=system');
    await user.type(
      screen.getByRole('searchbox', { name: 'Find systems' }),
      'store',
    );
    await waitFor(() =>
      expect(address()).toBe('/plumbline?by=system&search=store'),
    );
    await user.click(screen.getByRole('button', { name: /Months$/ }));
    await user.click(screen.getByRole('option', { name: 'Last 6 months' }));
    await waitFor(() => expect(address()).toContain('months=6'));
  });

  it('sorts on the server, by a column\u2019s header', async () => {
    const user = userEvent.setup();
    const getPortfolio = jest.fn(async (query: PortfolioQuery) =>
      portfolioFor(query),
    );
    await show({ getPortfolio });
    await user.click(
      within(await table()).getByRole('columnheader', { name: /^Owner/ }),
    );
    await waitFor(() =>
      expect(getPortfolio).toHaveBeenLastCalledWith(
        expect.objectContaining({ sort: 'name', order: 'asc' }),
        expect.anything(),
      ),
    );
    expect(address()).toBe('/plumbline?sort=name');
  });

  it('leads from an owner to its entities, and from an entity to its page', async () => {
    const { unmount } = await show();
    expect(
      await screen.findByRole('link', { name: 'team-search' }),
    ).toHaveAttribute(
      'href',
      '/plumbline?by=entity&owner=group%3Adefault%2Fteam-search',
    );
    expect(within(await rowOf(/^No owner/)).getByRole('link')).toHaveAttribute(
      'href',
      '/plumbline?by=entity&owner=none',
    );
    unmount();
    await show({}, '?by=entity');
    expect(
      within(await rowOf(/^orders-table/, 'entity')).getByRole('link'),
    ).toHaveAttribute(
      'href',
      '/catalog/default/resource/orders-table/plumbline',
    );
  });

  it('names the largest movers with both figures', async () => {
    await show();
    const rose = await screen.findByRole('list', { name: 'Rose most' });
    expect(within(rose).getAllByRole('listitem')[0]).toHaveTextContent(
      /team-shop\$494\.46 more\+12\s%\$4,120\.50 to \$4,614\.96/,
    );
    expect(screen.getByRole('list', { name: 'Fell most' })).toHaveTextContent(
      'team-payments',
    );
  });

  it('does not call unknown what is zero, nor zero what is unknown', async () => {
    await show({
      getPortfolio: async query => {
        const answer = portfolioFor(query);
        const rows = answer.rows.map(row => ({
          ...row,
          lastMonth: undefined,
          difference: undefined,
          toDate: undefined,
        }));
        return {
          ...answer,
          rows,
          compared: undefined,
          toDate: undefined,
          movers: [],
          missing: [{ from: `${query.from}-01`, to: '2026-01-01' }],
        };
      },
    });
    const row = await rowOf(/^team-shop/);
    expect(within(row).getAllByText('not known')).toHaveLength(3);
    expect(
      screen.getByText(/That does not mean that nothing was spent/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/no two complete months in a row/),
    ).toBeInTheDocument();
  });

  it('says when the figures are not as fresh as they should be', async () => {
    await show({
      getPortfolio: async query =>
        portfolioFor(query, { freshness: freshness({ state: 'failing' }) }),
    });
    expect(
      await screen.findByText(/The last collection failed/),
    ).toBeInTheDocument();
  });

  it('shows what to do where nothing is set up', async () => {
    await show({
      getPortfolio: async query =>
        portfolioFor(query, {
          headline: {
            state: 'not-set-up',
            reason: 'No cost source is set up in this portal.',
          },
          rows: [],
          totals: [],
          currencies: [],
          shared: [],
          unallocated: [],
        }),
    });
    expect(
      await screen.findByText(/adds a billing export/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('grid')).toBeNull();
  });

  it('says that no name matches, with a way back', async () => {
    await show({}, '?search=nobody');
    expect(
      await screen.findByText(/No owner with a cost has .nobody. in its name/),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Show them all' })).toHaveAttribute(
      'href',
      '/plumbline',
    );
  });

  it('explains a failure and tries again', async () => {
    const user = userEvent.setup();
    const getPortfolio = jest
      .fn()
      .mockRejectedValueOnce(answeredError(500, 'The database is away'))
      .mockImplementation(async (query: PortfolioQuery) => portfolioFor(query));
    await show({ getPortfolio });
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await table()).toBeInTheDocument();
  });

  it('holds the place of what is loading', async () => {
    await show({ getPortfolio: () => new Promise(() => {}) });
    expect(
      screen.getByRole('progressbar', { name: 'Loading the portfolio' }),
    ).toBeInTheDocument();
  });

  it('shows all rows where asked to, from the first page again when the bill changed', async () => {
    const pages = jest.fn(async (query: PortfolioQuery) => {
      const answer = portfolioFor(query);
      if (query.limit === 50) {
        return { ...answer, rows: answer.rows.slice(0, 2), nextCursor: '2-a' };
      }
      if (query.cursor === undefined) {
        return { ...answer, rows: answer.rows.slice(0, 4), nextCursor: '4-b' };
      }
      if (pages.mock.calls.length < 4) {
        throw answeredError(409, 'The bill has changed');
      }
      return { ...answer, rows: answer.rows.slice(4) };
    });
    const user = userEvent.setup();
    await show({ getPortfolio: pages });
    await user.click(
      await screen.findByRole('button', { name: 'Show all rows' }),
    );
    expect(await rowOf(/^No longer in the catalog/)).toBeInTheDocument();
    expect(address()).toBe('/plumbline?rows=all');
    expect(screen.queryByRole('button', { name: 'Show all rows' })).toBeNull();
  });
});
