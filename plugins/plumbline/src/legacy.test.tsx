import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import {
  checkout,
  entityOf,
  fixtureApi,
  rollupOverview,
  shop,
} from './fixtures';
import {
  EntityPlumblineContent,
  EntityPlumblineCostCard,
  EntityPlumblineOverviewCard,
  isPlumblineAvailable,
  plumblineApiRef,
  plumblinePlugin,
} from './legacy';

// Drawn in a browser only; what it shows is in the table beside it.
jest.mock('./components/CostChart/CostChart', () => ({
  __esModule: true,
  default: () => <div data-testid="chart" />,
}));

const mountedRoutes = { '/catalog/:namespace/:kind/:name': entityRouteRef };

describe('the old front-end system', () => {
  it('shows the cost card', async () => {
    await renderInTestApp(
      <TestApiProvider apis={[[plumblineApiRef, fixtureApi()]]}>
        <EntityProvider entity={checkout}>
          <EntityPlumblineCostCard />
        </EntityProvider>
      </TestApiProvider>,
      { mountedRoutes },
    );
    expect(await screen.findByText('$1,018.40')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'See the costs in detail' }),
    ).toHaveAttribute('href', '/catalog/default/component/checkout/plumbline');
  });

  it('shows the overview card', async () => {
    const api = fixtureApi({ getOverview: async () => rollupOverview() });
    await renderInTestApp(
      <TestApiProvider apis={[[plumblineApiRef, api]]}>
        <EntityProvider entity={shop}>
          <EntityPlumblineOverviewCard />
        </EntityProvider>
      </TestApiProvider>,
      { mountedRoutes },
    );
    expect(
      await screen.findByRole('heading', { name: 'Provenance' }),
    ).toBeInTheDocument();
  });

  it('shows the tab', async () => {
    await renderInTestApp(
      <TestApiProvider apis={[[plumblineApiRef, fixtureApi()]]}>
        <EntityProvider entity={checkout}>
          <Routes>
            <Route path="/" element={<EntityPlumblineContent />} />
          </Routes>
        </EntityProvider>
      </TestApiProvider>,
      { mountedRoutes },
    );
    expect(
      await screen.findByRole('grid', { name: 'Cost by service in USD' }),
    ).toBeInTheDocument();
  });

  it('brings its own client and says for whom it has something', () => {
    expect([...plumblinePlugin.getApis()].map(({ api }) => api.id)).toEqual([
      'plugin.plumbline',
    ]);
    expect(isPlumblineAvailable(shop)).toBe(true);
    expect(isPlumblineAvailable(entityOf('User', 'anna'))).toBe(false);
  });
});
