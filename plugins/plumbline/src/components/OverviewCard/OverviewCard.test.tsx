import {
  createExtensionTester,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import type { PlumblineApi } from '@plumbline/backstage-plugin-plumbline-common';
import { screen } from '@testing-library/react';
import { plumblineApiRef } from '../../api';
import {
  answeredError,
  fixtureApi,
  rollupOverview,
  shop,
} from '../../fixtures';
import plugin from '../..';

function show(getOverview: PlumblineApi['getOverview']) {
  const card = createExtensionTester(
    plugin.getExtension('entity-card:plumbline/overview'),
  ).reactElement();
  return renderInTestApp(
    <EntityProvider entity={shop}>{card}</EntityProvider>,
    {
      apis: [[plumblineApiRef, fixtureApi({ getOverview })]],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
}

describe('the overview card', () => {
  it('shows the sum, what was counted, and a state and a sentence for each domain', async () => {
    await show(async () => rollupOverview());
    expect(await screen.findByText('$1,018.40')).toBeInTheDocument();
    expect(
      screen.getByText(
        '9 members are counted; 3 members are not visible to you.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getAllByRole('heading').map(heading => heading.textContent),
    ).toEqual(
      expect.arrayContaining([
        'Plumbline',
        'Cost',
        'Drift',
        'Policy',
        'Provenance',
      ]),
    );
    expect(screen.getByText('Needs attention')).toBeInTheDocument();
    expect(
      screen.getByText('No source reports drift for these members yet.'),
    ).toBeInTheDocument();
  });

  it('marks a sum that rests on links nobody confirmed', async () => {
    const overview = rollupOverview();
    await show(async () => ({
      ...overview,
      cost: overview.cost && { ...overview.cost, claimed: true },
    }));
    expect(await screen.findByText('Link not confirmed')).toBeInTheDocument();
  });

  it('says which domain may not be looked at', async () => {
    await show(async () => rollupOverview({ policy: undefined }));
    expect(
      await screen.findByText('You may not look at this.'),
    ).toBeInTheDocument();
  });

  it('keeps a failure inside the card', async () => {
    await show(async () => {
      throw answeredError(503, 'The service is starting');
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The overview could not be loaded',
    );
    expect(
      screen.getByRole('heading', { name: 'Plumbline' }),
    ).toBeInTheDocument();
  });
});
