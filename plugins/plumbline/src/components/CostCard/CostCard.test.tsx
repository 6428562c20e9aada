import {
  createExtensionTester,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import type { Entity } from '@backstage/catalog-model';
import type { PlumblineApi } from '@plumbline/backstage-plugin-plumbline-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { plumblineApiRef } from '../../api';
import {
  answeredError,
  checkout,
  costHeadline,
  currencyHeadline,
  entityOf,
  fixtureApi,
  freshness,
  ordersTable,
  overviewOf,
} from '../../fixtures';
import plugin from '../..';

function show(
  getOverview: PlumblineApi['getOverview'],
  entity: Entity = checkout,
) {
  const card = createExtensionTester(
    plugin.getExtension('entity-card:plumbline/cost'),
  ).reactElement();
  return renderInTestApp(
    <EntityProvider entity={entity}>{card}</EntityProvider>,
    {
      apis: [[plumblineApiRef, fixtureApi({ getOverview })]],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
}

const answering = (change: Parameters<typeof costHeadline>[0]) => async () =>
  overviewOf(costHeadline(change));

describe('the cost card', () => {
  it('marks a figure that rests on links nobody confirmed, and no other', async () => {
    const { unmount } = await show(answering({ claimed: true }));
    expect(await screen.findByText('Link not confirmed')).toBeInTheDocument();
    unmount();
    await show(answering({}));
    expect(await screen.findByText('OK')).toBeInTheDocument();
    expect(screen.queryByText('Link not confirmed')).not.toBeInTheDocument();
  });

  it('says how much is shared, from whom and by which weight as far as one may see', async () => {
    const sharing = (shared: object) =>
      answering({ currencies: [currencyHeadline({ shared } as never)] });
    const { unmount } = await show(
      sharing({
        amount: '12.4',
        partner: { entityRef: 'resource:default/shared-nat' },
        weight: { part: '2', of: '7' },
      }),
    );
    expect(
      await screen.findByText(
        (_, element) =>
          element?.tagName === 'P' &&
          element.textContent ===
            'Includes $12.40 shared from shared-nat, 2 of 7 parts',
      ),
    ).toBeInTheDocument();
    unmount();
    await show(sharing({ amount: '12.4' }));
    expect(
      await screen.findByText(
        (_, element) =>
          element?.textContent === 'Includes $12.40 shared by others',
      ),
    ).toBeInTheDocument();
  });

  it('names the month where the data ends in an earlier one', async () => {
    await show(
      answering({ freshness: freshness({ dataThrough: '2020-10-31' }) }),
    );
    expect(
      await screen.findByText(/^Oct 2020, up to 31 Oct 2020$/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/This month/)).not.toBeInTheDocument();
  });

  it('says state, reason, figure, comparison, environments and age', async () => {
    const getOverview = jest.fn(
      answering({
        currencies: [
          currencyHeadline({
            monthToDate: '1234.567000001',
            sameDaysBefore: '1102.29',
            change: '0.12',
          }),
        ],
        freshness: freshness({ dataThrough: '2026-11-22' }),
      }),
    );
    await show(getOverview);

    expect(await screen.findByText('$1,234.57')).toHaveAttribute(
      'title',
      '1234.567000001 USD',
    );
    expect(screen.getByRole('heading', { name: 'Cost' })).toBeInTheDocument();
    expect(screen.getByText('OK')).toBeInTheDocument();
    expect(
      screen.getByText('Cost follows last month within its usual range.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Usage +12 % against the same 22 days of October'),
    ).toBeInTheDocument();
    expect(screen.getByText('Production only, amortised')).toBeInTheDocument();
    expect(
      screen.getByText(/^Data through 22 Nov.*, collected 2 h ago$/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('img', { name: /^Cost per day from/ }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'See the costs in detail' }),
    ).toHaveAttribute('href', '/catalog/default/component/checkout/plumbline');
    expect(getOverview).toHaveBeenCalledWith(
      'component:default/checkout',
      expect.anything(),
    );
  });

  it('keeps currencies apart and shows tiny amounts as more than nothing', async () => {
    await show(
      answering({
        currencies: [
          currencyHeadline(),
          currencyHeadline({ currency: 'EUR', monthToDate: '0.0042' }),
        ],
      }),
    );
    expect(await screen.findByText('$1,018.40')).toBeInTheDocument();
    expect(screen.getByText('< \u20ac0.01')).toBeInTheDocument();
  });

  it('shows no figure, and no zero, where nothing is known', async () => {
    await show(
      answering({
        state: 'cannot-tell',
        reason: 'No bill has been collected yet.',
        currencies: [],
        freshness: { state: 'unknown', sources: [] },
      }),
    );
    expect(await screen.findByText('Can\u2019t tell')).toBeInTheDocument();
    expect(
      screen.getByText(/That does not mean that it costs nothing/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/0\.00/)).not.toBeInTheDocument();
  });

  it.each([
    ['stale', /older than they should be/],
    ['partial', /only part of the data/],
    ['failing', /last collection failed/],
    ['paused', /Collection is paused/],
  ] as const)('shows %s figures and says so', async (state, sentence) => {
    await show(answering({ freshness: freshness({ state }) }));
    expect(await screen.findByText(sentence)).toBeInTheDocument();
    expect(screen.getByText('$1,018.40')).toBeInTheDocument();
  });

  it('says that it is loading', async () => {
    await show(() => new Promise(() => {}));
    expect(await screen.findByText('Loading the cost')).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Cost' })).toBeInTheDocument();
  });

  it('keeps a failure inside the card and recovers by keyboard', async () => {
    const user = userEvent.setup();
    const getOverview = jest
      .fn(answering({}))
      .mockRejectedValueOnce(answeredError(500, 'The database is asleep'));
    await show(getOverview);

    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The cost could not be loaded');
    expect(alert).toHaveTextContent('The database is asleep.');
    expect(screen.getByRole('heading', { name: 'Cost' })).toBeInTheDocument();

    const retry = within(alert).getByRole('button', { name: 'Try again' });
    while (document.activeElement !== retry) {
      await user.tab();
    }
    await user.keyboard('{Enter}');
    expect(await screen.findByText('$1,018.40')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it.each([403, 404])('explains %s without a word of failure', async status => {
    await show(async () => {
      throw answeredError(status, 'Not found');
    });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Not visible to you, or not known yet');
    expect(alert).not.toHaveTextContent('could not be loaded');
  });

  it('says when costs are not to be seen', async () => {
    await show(async () => overviewOf(undefined));
    expect(
      await screen.findByText(/You may not look at what this costs/),
    ).toBeInTheDocument();
  });

  it.each([
    [
      'a component',
      checkout,
      'kind: Component\nmetadata:\n  name: checkout\n  annotations:\n    aws.amazon.com/cost-insights-tags: service=checkout',
    ],
    [
      'a resource',
      ordersTable,
      'kind: Resource\nmetadata:\n  name: orders-table\n  annotations:\n    aws.amazon.com/arn: arn:aws:dynamodb:eu-west-1:111122223333:table/orders-table',
    ],
    [
      'a name that YAML would take for a number',
      entityOf('Component', '123', 'billing'),
      "kind: Component\nmetadata:\n  name: '123'\n  namespace: billing\n  annotations:\n    aws.amazon.com/cost-insights-tags: service=123",
    ],
  ])('prints the YAML to add for %s and copies it', async (_, entity, yaml) => {
    const user = userEvent.setup();
    await show(
      answering({
        state: 'not-set-up',
        reason: 'Nothing says which cloud resources belong here.',
        currencies: [],
      }),
      entity,
    );
    const whole = `apiVersion: backstage.io/v1alpha1\n${yaml}`;
    expect(await screen.findByText('Not set up')).toBeInTheDocument();
    const written = jest.spyOn(navigator.clipboard, 'writeText');
    const [copy] = screen.getAllByRole('button', { name: /^Copy/ });
    await user.click(copy);
    expect(written).toHaveBeenCalledWith(`${whole}\n`);
    expect(copy).toHaveTextContent('Copied');
    expect(
      screen.queryByRole('link', { name: 'See the costs in detail' }),
    ).not.toBeInTheDocument();
  });
});
