import {
  createExtensionTester,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import type {
  CostQuery,
  PlumblineApi,
} from '@plumbline/backstage-plugin-plumbline-common';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation, useNavigate } from 'react-router-dom';
import { plumblineApiRef } from '../../api';
import {
  answeredError,
  bindings,
  checkout,
  costsFor,
  fixtureApi,
  freshness,
  inEuro,
  noBindings,
  shop,
} from '../../fixtures';
import plugin from '../..';

// Drawn in a browser only; what it shows is in the table beside it.
jest.mock('../CostChart/CostChart', () => ({
  __esModule: true,
  default: () => <div data-testid="chart" />,
}));

function History() {
  const { search } = useLocation();
  const navigate = useNavigate();
  return (
    <>
      <output aria-label="address">{search}</output>
      <button onClick={() => navigate(-1)}>Back</button>
    </>
  );
}

function show(
  change: Partial<PlumblineApi> = {},
  options: { search?: string; entity?: typeof checkout } = {},
) {
  const tab = createExtensionTester(
    plugin.getExtension('entity-content:plumbline'),
  ).reactElement();
  return renderInTestApp(
    <EntityProvider entity={options.entity ?? checkout}>
      {tab}
      <History />
    </EntityProvider>,
    {
      apis: [[plumblineApiRef, fixtureApi(change)]],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      // Few days make a small page, which is quick to search.
      initialRouteEntries: [`/${options.search ?? '?window=7d'}`],
    },
  );
}

const address = () => screen.getByLabelText('address').textContent;
const loaded = () =>
  screen.findByRole('grid', { name: 'Cost by service in USD' });

async function choose(label: string, option: string) {
  const user = userEvent.setup();
  const controls = screen.getByRole('group', { name: 'What to show' });
  await user.click(
    within(controls).getByRole('button', { name: new RegExp(`${label}$`) }),
  );
  await user.click(await screen.findByRole('option', { name: option }));
}

describe('the Plumbline tab', () => {
  it('shows totals, comparison, tables, trust and what belongs to the entity', async () => {
    await show();
    await loaded();
    expect(
      screen.getByRole('heading', { level: 2, name: 'Cost' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        /^Usage \+12\s% since: from \$[\d,.]+ to \$[\d,.]+, complete days only$/,
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('The same days, invoiced')).toBeInTheDocument();

    const resources = await screen.findByRole('grid', {
      name: 'Cost by resource in USD',
    });
    expect(
      await within(resources).findByText('Link not confirmed'),
    ).toBeInTheDocument();
    expect(within(resources).getByText('< $0.01')).toBeInTheDocument();

    const trust = screen.getByRole('region', {
      name: 'Where these figures come from',
    });
    for (const text of [
      'amortised',
      'USD',
      '3 of 4 resources appear in the bill',
      /^a tag on the resource/,
      'There is no forecast yet.',
      'No budget is set.',
    ]) {
      expect(within(trust).getByText(text)).toBeInTheDocument();
    }

    const scopes = screen.getByRole('region', {
      name: 'Own cost and cost with dependencies',
    });
    expect(
      await within(scopes).findByRole('link', { name: /orders-table/ }),
    ).toBeInTheDocument();

    const belongs = screen.getByRole('region', {
      name: 'What belongs to this entity',
    });
    expect(within(belongs).getByText(/Also claimed by/)).toBeInTheDocument();
    expect(
      within(belongs).getByRole('list', { name: 'Resources (3)' }),
    ).toHaveTextContent('Environment unknown');
    expect(
      within(belongs).getByRole('list', { name: 'Repositories (1)' }),
    ).not.toHaveTextContent(/environment/i);
    expect(within(belongs).getByText(/chekout-worker/)).toBeInTheDocument();
  });

  it('tells unknown days from days without cost, in the table beside the chart', async () => {
    await show();
    await loaded();
    const table = screen.getByRole('table', { name: 'Cost per day in USD' });
    const rows = within(table).getAllByRole('row');
    expect(rows[rows.length - 1]).toHaveTextContent('not known yet');
    expect(rows[1]).not.toHaveTextContent('not known yet');
    expect(screen.getByText('Not known yet')).toBeInTheDocument();
  });

  it('asks for what the URL says', async () => {
    const getCosts = jest.fn(async (_: unknown, query: CostQuery) =>
      costsFor(query),
    );
    await show(
      { getCosts },
      {
        search:
          '?from=2026-10-01&to=2026-10-07&group=resource&basis=billed&scope=with-dependencies&environment=stage',
      },
    );
    await loaded();
    expect(getCosts).toHaveBeenCalledWith(
      'component:default/checkout',
      {
        from: '2026-10-01',
        to: '2026-10-08',
        granularity: 'day',
        groupBy: 'resource',
        basis: 'billed',
        scope: 'with-dependencies',
        environment: 'stage',
      },
      expect.anything(),
    );
  });

  describe('the controls', () => {
    // Without figures below them the page is light to search.
    const getCosts = jest.fn(async (_: unknown, query: CostQuery) =>
      costsFor(query, { currencies: [] }),
    );
    const ready = () => screen.findByText('No figures for these days');

    it('put every choice into the URL, and "back" takes it out again', async () => {
      await show(
        { getCosts, getBindings: async () => noBindings },
        { search: '' },
      );
      await ready();
      await choose('Basis', 'Invoiced');
      await waitFor(() => expect(address()).toBe('?basis=billed'));
      await choose('Days', 'Last 6 months');
      await waitFor(() => expect(address()).toBe('?window=6m&basis=billed'));
      expect(getCosts).toHaveBeenCalledWith(
        'component:default/checkout',
        expect.objectContaining({ granularity: 'month', basis: 'billed' }),
        expect.anything(),
      );

      fireEvent.click(screen.getByText('Back'));
      await waitFor(() => expect(address()).toBe('?basis=billed'));
      await choose('Basis', 'Amortised');
      await waitFor(() => expect(address()).toBe(''));
    });

    it('take days of one\u2019s own only when they make sense', async () => {
      await show(
        { getCosts, getBindings: async () => noBindings },
        { search: '' },
      );
      await ready();
      await choose('Days', 'Choose days\u2026');
      const put = (label: string, value: string) =>
        fireEvent.change(screen.getByLabelText(label), { target: { value } });
      put('First day', '2026-10-05');
      put('Last day', '2026-10-01');
      const submit = screen.getByRole('button', { name: 'Show these days' });
      expect(submit).toBeDisabled();
      expect(screen.getByText(/Not before the first day/)).toBeInTheDocument();
      put('Last day', '2026-10-09');
      fireEvent.click(submit);
      await waitFor(() =>
        expect(address()).toBe('?from=2026-10-05&to=2026-10-09'),
      );
    });
  });

  it('sorts a table by keyboard', async () => {
    const user = userEvent.setup();
    await show();
    const table = await loaded();
    const first = () => within(table).getAllByRole('rowheader')[0].textContent;
    expect(first()).toBe('AWS Lambda');
    const header = within(table).getByRole('columnheader', { name: /Cost/ });
    while (!table.contains(document.activeElement)) {
      await user.tab();
    }
    header.focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(first()).toBe('Amazon SQS'));
  });

  it('saves a table as CSV', async () => {
    const user = userEvent.setup();
    const saved: Blob[] = [];
    const createObjectURL = jest.fn((blob: Blob) => {
      saved.push(blob);
      return 'blob:plumbline';
    });
    Object.assign(URL, { createObjectURL, revokeObjectURL: jest.fn() });
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(() => {});
    await show();
    await loaded();
    await user.click(
      screen.getByRole('button', {
        name: 'Save the cost by service in USD as CSV',
      }),
    );
    expect(click).toHaveBeenCalledTimes(1);
    expect(saved[0].type).toBe('text/csv;charset=utf-8');
    click.mockRestore();
  });

  it('shows currencies as blocks of their own', async () => {
    await show({
      getCosts: async (_, query) => {
        const costs = costsFor(query);
        return {
          ...costs,
          currencies: [...costs.currencies, ...costs.currencies.map(inEuro)],
        };
      },
    });
    await loaded();
    expect(
      screen.getByRole('heading', { name: 'Cost in USD' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { name: 'Cost in EUR' }),
    ).toBeInTheDocument();
    expect(screen.getByText('No figures to compare with')).toBeInTheDocument();
  });

  it.each([
    ['stale', 'These figures are older than they should be.'],
    ['partial', 'The last collection brought only part of the data.'],
    [
      'failing',
      'The last collection failed. These figures are from before it.',
    ],
  ] as const)(
    'says in words that figures are %s, and shows them',
    async (state, text) => {
      await show({
        getCosts: async (_, query) =>
          costsFor(query, { freshness: freshness({ state }) }),
      });
      await loaded();
      expect(screen.getByText(text)).toBeInTheDocument();
    },
  );

  it('keeps a failure to itself and tries again', async () => {
    const user = userEvent.setup();
    let asleep = true;
    await show({
      getCosts: async (_, query) => {
        if (asleep) {
          throw answeredError(500, 'The database is asleep');
        }
        return costsFor(query);
      },
    });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The database is asleep.');
    expect(await screen.findByText(/Also claimed by/)).toBeInTheDocument();
    asleep = false;
    await user.click(within(alert).getByRole('button', { name: 'Try again' }));
    await loaded();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('reads what belongs to the entity page by page', async () => {
    const [first, ...others] = bindings.bindings;
    await show({
      getBindings: async (_, query) =>
        query?.cursor === 'second'
          ? { ...bindings, bindings: others }
          : { ...bindings, bindings: [first], nextCursor: 'second' },
    });
    expect(await screen.findByText(/Also claimed by/)).toBeInTheDocument();
    expect(screen.getAllByText('Link confirmed')).toHaveLength(2);
    expect(screen.queryByText(/there are more/)).not.toBeInTheDocument();
  });

  it('prints what to add where nothing is set up', async () => {
    await show({
      getCosts: async (_, query) =>
        costsFor(query, {
          headline: { state: 'not-set-up', reason: 'Nothing is linked.' },
          currencies: [],
        }),
      getBindings: async () => noBindings,
    });
    expect(
      await screen.findByText(/cost-insights-tags: service=checkout/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('group', { name: 'What to show' }),
    ).not.toBeInTheDocument();
  });

  it('shows a system\u2019s members and who is not visible', async () => {
    await show(
      {
        getCosts: async (_, query) => ({
          ...costsFor({ ...query, scope: 'with-dependencies' }),
          scope: 'rollup',
          members: { counted: 9, hidden: 3 },
        }),
        getBindings: async () => noBindings,
      },
      { entity: shop },
    );
    await loaded();
    const members = screen.getByRole('region', {
      name: 'What is added up here',
    });
    expect(members).toHaveTextContent('3 members are not visible to you');
    expect(
      within(members).getByRole('link', { name: /payments/ }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('region', { name: 'What belongs to this entity' }),
    ).not.toBeInTheDocument();
  });

  it('says which days have no data', async () => {
    await show({
      getCosts: async (_, query) =>
        costsFor(query, {
          missing: [{ from: query.from, to: '2025-10-19' }],
        }),
    });
    await loaded();
    expect(
      screen.getByText(/^No data before 19\sOct\s2025\./),
    ).toBeInTheDocument();
    expect(
      screen.getAllByText(/without the days that have no data/).length,
    ).toBeGreaterThan(0);
  });
});
