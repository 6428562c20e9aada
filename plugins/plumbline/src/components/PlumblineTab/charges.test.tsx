import {
  createExtensionTester,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import {
  toEntityRef,
  type ChargesQuery,
  type PlumblineApi,
} from '@plumbline/backstage-plugin-plumbline-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { plumblineApiRef } from '../../api';
import {
  answeredError,
  chargesFor,
  checkout,
  fixtureApi,
  noBindings,
  sharesFor,
} from '../../fixtures';
import plugin from '../..';

jest.mock('../CostChart/CostChart', () => ({
  __esModule: true,
  default: () => <div data-testid="chart" />,
}));

function Address() {
  return <output aria-label="address">{useLocation().search}</output>;
}

function show(search: string, change: Partial<PlumblineApi> = {}) {
  return renderInTestApp(
    <EntityProvider entity={checkout}>
      {createExtensionTester(
        plugin.getExtension('entity-content:plumbline'),
      ).reactElement()}
      <Address />
    </EntityProvider>,
    {
      apis: [
        [
          plumblineApiRef,
          fixtureApi({ getBindings: async () => noBindings, ...change }),
        ],
      ],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      initialRouteEntries: [`/${search}`],
    },
  );
}

const days = '?from=2026-10-01&to=2026-10-05';
const opened = () =>
  screen.findByRole('dialog', { name: 'How this figure comes about' });

describe('the charges of a figure', () => {
  it('open from the total, and put it into the URL', async () => {
    const user = userEvent.setup();
    await show(days);
    await user.click(
      await screen.findByRole('button', { name: /how the total comes about/ }),
    );
    const dialog = await opened();
    expect(screen.getByLabelText('address')).toHaveTextContent(
      `${days}&figure=total&figureCurrency=USD`,
    );
    expect(
      await within(dialog).findByText(/Exactly 116.5 USD, the sum of 5 rows/),
    ).toHaveTextContent('made of 120 lines of the export.');
    for (const text of [
      'focus/2026-11/larkspur-00001.parquet',
      /^, 48,231 lines/,
      /and 3 more/,
      /from 3 Oct.* to 5 Oct.* only/,
    ]) {
      expect(
        within(dialog).getAllByText(text, { exact: false })[0],
      ).toBeInTheDocument();
    }
    expect(within(dialog).getByLabelText(/^Query for/)).toHaveValue(
      `SELECT sum(EffectiveCost) AS total, count(*) AS lines
FROM read_parquet(['focus/2026-11/larkspur-00001.parquet'])
WHERE BillingCurrency = 'USD';`,
    );
    expect(
      within(dialog).getByRole('button', { name: /Copy the query/ }),
    ).toBeInTheDocument();
    await user.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.getByLabelText('address')).toHaveTextContent(days),
    );
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('open by a link, for exactly what it says', async () => {
    const getCharges = jest.fn(async (_: unknown, query: ChargesQuery) =>
      chargesFor(query),
    );
    await show(
      `${days}&basis=billed&environment=stage&figure=service&figureKey=AWS+Lambda&figureCurrency=USD`,
      { getCharges },
    );
    await within(await opened()).findByText(/Exactly/);
    expect(getCharges).toHaveBeenCalledWith(
      'component:default/checkout',
      {
        from: '2026-10-01',
        to: '2026-10-06',
        basis: 'billed',
        scope: 'own',
        environment: 'stage',
        service: 'AWS Lambda',
        currency: 'USD',
      },
      expect.anything(),
    );
  });

  it('show more rows when asked', async () => {
    const user = userEvent.setup();
    await show(`${days}&figure=total&figureCurrency=USD`, {
      getCharges: async (_, query) => chargesFor({ ...query, limit: 3 }),
    });
    const dialog = await opened();
    await within(dialog).findByText(/3 rows of 5 rows/);
    await user.click(
      within(dialog).getByRole('button', { name: 'Show more rows' }),
    );
    expect(
      await within(dialog).findByText(/5 rows of 5 rows/),
    ).toBeInTheDocument();
    expect(
      within(dialog).queryByRole('button', { name: 'Show more rows' }),
    ).toBeNull();
  });

  it('say what has no rows, and why there is no query', async () => {
    await show(`${days}&figure=total&figureCurrency=USD`, {
      getCharges: async (_, query) => {
        const charges = chargesFor(query);
        return {
          ...charges,
          lineCount: undefined,
          sources: charges.sources?.map(({ sql, lineCount, ...source }) => ({
            ...source,
            withoutRows: { amount: '1.5', reason: 'relinked' as const },
            noSqlReason: 'This month was read before.',
          })),
        };
      },
    });
    const dialog = await opened();
    expect(
      (await within(dialog).findByText(/Stated when other/)).parentElement,
    ).toHaveTextContent('$1.50');
    expect(
      within(dialog).getByText('This month was read before.'),
    ).toBeInTheDocument();
    expect(within(dialog).getByText(/was not recorded/)).toBeInTheDocument();
  });

  it('tell what is shared with others, and lead to the charges of those who may be seen', async () => {
    await show(
      `${days}&basis=billed&scope=with-dependencies&figure=service&figureKey=AWS+Lambda&figureCurrency=USD`,
      {
        getCharges: async (_, query) => {
          const charges = chargesFor(query);
          return {
            ...charges,
            total: '103.47',
            sources: charges.sources?.map(source => ({
              ...source,
              total: '103.47',
              shares: [
                ...sharesFor('2026-10'),
                {
                  direction: 'given' as const,
                  month: '2026-10',
                  currency: 'USD',
                  amount: '30',
                  partner: {
                    entityRef: toEntityRef('component:default/payments'),
                  },
                },
              ],
            })),
          };
        },
      },
    );
    const dialog = await opened();
    expect(
      await within(dialog).findByText(/Exactly 103.47 USD: 5 rows/),
    ).toHaveTextContent('and what is shared with others.');
    const term = (name: RegExp) => within(dialog).getByText(name).parentElement;
    expect(term(/5 rows of what is its own/)).toHaveTextContent('$116.50');
    expect(term(/^From others/)).toHaveTextContent('$16.97');
    expect(term(/^Given to others, /)).toHaveTextContent('-$30.00');
    expect(term(/^Together/)).toHaveTextContent('$103.47');
    expect(
      within(dialog).getByText('Others, which you may not see'),
    ).toBeInTheDocument();
    const links = within(dialog).getAllByRole('link', {
      name: /^Open the charges of/,
    });
    expect(links.map(link => link.getAttribute('href'))).toEqual([
      '/catalog/default/resource/shared-nat/plumbline?from=2026-10-01&to=2026-10-05&basis=billed&figure=service&figureKey=AWS+Lambda&figureCurrency=USD',
      '/catalog/default/component/payments/plumbline?from=2026-10-01&to=2026-10-05&basis=billed&figure=service&figureKey=AWS+Lambda&figureCurrency=USD',
    ]);
    expect(
      within(dialog).getByText(/It gives what the rows come to: 116.5 USD/),
    ).toBeInTheDocument();
  });

  it('tell the queries that a person runs, where there are no files', async () => {
    const command = "aws ce get-cost-and-usage --filter '{}'";
    await show(`${days}&figure=total&figureCurrency=USD`, {
      getCharges: async (_, query) => {
        const charges = chargesFor(query);
        return {
          ...charges,
          sources: charges.sources?.map(({ sql, ...source }) => ({
            ...source,
            origins: {
              count: 3,
              named: [
                {
                  kind: 'query' as const,
                  name: command,
                  rows: 7,
                  askedAs: '999999999999',
                },
              ],
            },
            noSqlReason: 'Run the queries above.',
          })),
        };
      },
    });
    const dialog = await opened();
    expect(
      (await within(dialog).findByText(command)).parentElement,
    ).toHaveTextContent(
      /7 lines of Oct\s2026, with credentials of the account 999999999999/,
    );
    expect(within(dialog).getByText('and 2 more queries')).toBeInTheDocument();
    expect(
      within(dialog).getByRole('button', { name: /^Copy query 1 for/ }),
    ).toBeInTheDocument();
  });

  it('say so where nobody can tell what is shared', async () => {
    await show(`${days}&figure=total&figureCurrency=USD`, {
      getCharges: async (_, query) => {
        const charges = chargesFor(query);
        return {
          ...charges,
          sources: charges.sources?.map(source => ({
            ...source,
            withoutRows: { amount: '2', reason: 'shared-by-month' as const },
          })),
        };
      },
    });
    expect(
      await within(await opened()).findByText(/kept by the whole month only/),
    ).toBeInTheDocument();
  });

  it('say what to do when the bill was replaced meanwhile', async () => {
    const user = userEvent.setup();
    let pages = 0;
    await show(`${days}&figure=total&figureCurrency=USD`, {
      getCharges: async (_, query) => {
        if (query.cursor && pages++ === 0) {
          throw answeredError(409, 'The bill was replaced');
        }
        return chargesFor({ ...query, limit: 3 });
      },
    });
    const dialog = await opened();
    await user.click(
      await within(dialog).findByRole('button', { name: 'Show more rows' }),
    );
    const alert = await within(dialog).findByRole('alert');
    await user.click(within(alert).getByRole('button'));
    expect(
      await within(dialog).findByText(/3 rows of 5 rows/),
    ).toBeInTheDocument();
  });

  it('are not there for what the URL does not name', async () => {
    await show(`${days}&figure=service&figureCurrency=USD`);
    await screen.findByRole('button', { name: /how the total comes about/ });
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
